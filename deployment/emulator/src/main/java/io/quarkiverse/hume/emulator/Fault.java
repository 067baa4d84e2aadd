package io.quarkiverse.hume.emulator;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.quarkiverse.hume.emulator.platform.Answer;
import io.quarkiverse.hume.emulator.platform.JsonInput;
import io.quarkiverse.hume.emulator.platform.RejectedRequest;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.json.JsonObject;

/**
 * A failure instead of the regular answer, and the requests to which it applies.
 *
 * @param fillerBytes the size of a generated body, instead of the body of {@code answer}
 * @param account null for all accounts
 * @param path whether the fault applies to a path
 * @param afterAuthentication whether the fault applies only to requests whose credential is accepted, or only before that check
 * @param times to how many requests it applies; empty if it applies until it is removed
 * @param percentage of the matching requests to which it applies
 */
record Fault(Effect effect, Answer answer, Optional<Long> fillerBytes, long delayMillis, String account,
        Predicate<String> path, boolean afterAuthentication, Optional<Long> times, double percentage, JsonObject source) {

    private static final String[] ANSWER_FIELDS = { "status", "body", "content_type", "headers", "body_bytes" };
    private static final String[] TOKEN_FIELDS = with(ANSWER_FIELDS, "hang", "reset", "delay_millis", "times", "percent",
            "account");
    private static final String[] API_FIELDS = with(TOKEN_FIELDS, "path", "after_authentication");
    // Responses with these statuses have no body in HTTP.
    private static final Set<Integer> BODILESS = Set.of(204, 205, 304);
    private static final long LONGEST_DELAY_MILLIS = 600_000;
    private static final long LARGEST_FILLER = 1L << 30;

    /** Another answer; no answer and an open connection; no answer and a closed connection; the regular answer, but later. */
    enum Effect {
        ANSWER,
        HANG,
        RESET,
        DELAY
    }

    static Fault ofTokenEndpoint(Buffer body) {
        return from(JsonInput.control(body, TOKEN_FIELDS));
    }

    static Fault ofApi(Buffer body) {
        return from(JsonInput.control(body, API_FIELDS));
    }

    /** The paths that match a pattern: one path; with a {@code *} at its end all that begin like it; all if it is empty. */
    static Predicate<String> paths(String pattern) {
        if (!pattern.isEmpty() && !pattern.startsWith("/")) {
            throw RejectedRequest.control("path: must begin with /");
        }
        return pattern.isEmpty() ? path -> true
                : pattern.endsWith("*") ? path -> path.startsWith(pattern.substring(0, pattern.length() - 1)) : pattern::equals;
    }

    boolean matches(String owner, String requested, boolean authenticated) {
        return afterAuthentication == authenticated && path.test(requested) && (account == null || account.equals(owner));
    }

    private static Fault from(JsonInput input) {
        return new Fault(effect(input), answer(input), input.whole("body_bytes", 0, LARGEST_FILLER),
                input.whole("delay_millis", 0, LONGEST_DELAY_MILLIS).orElse(0L), input.text("account").orElse(null),
                paths(input.text("path").orElse("")), input.flag("after_authentication", false),
                input.whole("times", 1, Integer.MAX_VALUE), input.percentage("percent", 100), input.json());
    }

    private static Effect effect(JsonInput input) {
        input.notTogether("hang", "reset");
        input.notTogether("hang", ANSWER_FIELDS);
        input.notTogether("reset", ANSWER_FIELDS);
        if (input.flag("hang", false)) {
            return Effect.HANG;
        }
        if (input.flag("reset", false)) {
            return Effect.RESET;
        }
        if (Stream.of(ANSWER_FIELDS).anyMatch(input::has)) {
            return Effect.ANSWER;
        }
        if (input.has("delay_millis")) {
            return Effect.DELAY;
        }
        throw RejectedRequest.control("The fault needs one of the fields status, body, body_bytes, headers, hang, reset,"
                + " delay_millis");
    }

    private static Answer answer(JsonInput input) {
        input.notTogether("body", "body_bytes");
        String body = input.text("body").orElse("");
        String contentType = input.has("content_type") ? input.headerValue("content_type")
                : body.startsWith("{") ? "application/json" : "text/plain";
        int status = input.whole("status", 200, 599).orElse(200L).intValue();
        if (BODILESS.contains(status) && (input.has("body") || input.has("body_bytes"))) {
            throw input.invalid(input.has("body") ? "body" : "body_bytes", "a response with status " + status + " has no body");
        }
        Answer answer = Answer.of(status, contentType, Buffer.buffer(body));
        for (Map.Entry<String, String> header : input.headers("headers").entrySet()) {
            answer = answer.with(header.getKey(), header.getValue());
        }
        return answer;
    }

    private static String[] with(String[] fields, String... more) {
        return Stream.of(fields, more).flatMap(Stream::of).toArray(String[]::new);
    }

    /** The current fault of one part of the emulator, if any, and the connections that it keeps open. Thread-safe. */
    static final class Switch {

        private final Set<HttpConnection> open = ConcurrentHashMap.newKeySet();
        private Fault fault;
        private long candidates;

        /** Sets the fault, which may be null, and closes the connections it kept open. Returns whether there was one. */
        synchronized boolean set(Fault next) {
            boolean removed = fault != null;
            fault = next;
            candidates = 0;
            open.forEach(HttpConnection::close);
            return removed;
        }

        /** The fault, if it applies to this request. Counts requests, so it is called once for each request and stage. */
        synchronized Optional<Fault> faultFor(String account, String path, boolean authenticated) {
            if (fault == null || !fault.matches(account, path, authenticated)) {
                return Optional.empty();
            }
            long before = affected();
            candidates++;
            return affected() > before ? Optional.of(fault) : Optional.empty();
        }

        /**
         * Of the requests until now. They are not chosen at random: a fault applies to exactly its percentage of any hundred
         * requests, so that a test can rely on it.
         */
        private long affected() {
            // Divided last: 29 / 100.0 * 100 is less than 29, so that the fault would apply to 28 requests of a hundred.
            long affected = (long) (candidates * fault.percentage() / 100);
            return Math.min(affected, fault.times().orElse(Long.MAX_VALUE));
        }

        /** Keeps a connection without an answer until the fault is removed or the client has left. */
        synchronized void keepOpen(HttpConnection connection, Fault applied) {
            if (fault == applied) {
                open.add(connection);
                connection.closeHandler(closed -> open.remove(connection));
            } else {
                // The fault has been removed since, and its connections have been closed.
                connection.close();
            }
        }

        /** The fault as it was set, with the number of requests to which it still applies; null if there is none. */
        synchronized JsonObject toJson() {
            if (fault == null) {
                return null;
            }
            JsonObject json = fault.source().copy();
            return fault.times().map(times -> json.put("remaining", times - affected())).orElse(json);
        }
    }
}
