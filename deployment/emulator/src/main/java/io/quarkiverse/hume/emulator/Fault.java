package io.quarkiverse.hume.emulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/**
 * What goes wrong instead of the regular answer, and for which requests.
 *
 * @param fillerBytes size of a body made of filler, instead of the body of {@code answer}
 * @param times how many requests it strikes; empty: until it is removed
 * @param percentage of the requests in its scope it strikes
 */
record Fault(Effect effect, Answer answer, Optional<Long> fillerBytes, long delayMillis, Scope scope, Optional<Long> times,
        double percentage, JsonObject source) {

    private static final String[] ANSWER_FIELDS = { "status", "body", "content_type", "headers", "body_bytes" };
    private static final List<String> TOKEN_FIELDS = List.of("status", "body", "content_type", "headers", "body_bytes", "hang",
            "reset", "delay_millis", "times", "percent", "account");
    private static final List<String> BODY_FIELDS = List.of("body", "body_bytes");
    // HTTP has no body for them: it would be dropped without a word.
    private static final Set<Integer> BODILESS = Set.of(204, 205, 304);
    private static final long LONGEST_DELAY_MILLIS = 600_000;
    private static final long LARGEST_FILLER = 1L << 30;

    enum Effect {
        /** An answer of its own. */
        ANSWER,
        /** No answer, the connection stays open. */
        HANG,
        /** No answer, the connection is closed. */
        RESET,
        /** The regular answer, late. */
        DELAY
    }

    /**
     * @param account null for all
     * @param pathPrefix empty for all
     * @param afterAuthentication whether only requests are struck that would have been let in
     */
    record Scope(String account, String pathPrefix, boolean afterAuthentication) {

        boolean contains(String owner, String path, boolean authenticated) {
            return afterAuthentication == authenticated && path.startsWith(pathPrefix)
                    && (account == null || account.equals(owner));
        }
    }

    static Fault ofTokenEndpoint(Buffer body) {
        return from(ControlInput.of(body, TOKEN_FIELDS.toArray(String[]::new)));
    }

    static Fault ofApi(Buffer body) {
        List<String> fields = new ArrayList<>(TOKEN_FIELDS);
        fields.addAll(List.of("path", "after_authentication"));
        return from(ControlInput.of(body, fields.toArray(String[]::new)));
    }

    private static Fault from(ControlInput input) {
        String path = input.text("path").orElse("");
        if (!path.isEmpty() && !path.startsWith("/")) {
            throw new InvalidInputException("path: must begin with /");
        }
        Scope scope = new Scope(input.text("account").orElse(null), path, input.flag("after_authentication").orElse(false));
        return new Fault(effect(input), answer(input), input.whole("body_bytes", 0, LARGEST_FILLER),
                input.whole("delay_millis", 0, LONGEST_DELAY_MILLIS).orElse(0L), scope,
                input.whole("times", 1, Integer.MAX_VALUE), input.percentage("percent").orElse(100.0), input.toJson());
    }

    private static Effect effect(ControlInput input) {
        boolean hang = input.flag("hang").orElse(false);
        boolean reset = input.flag("reset").orElse(false);
        if (hang) {
            input.notTogether("hang", ANSWER_FIELDS);
        }
        if (reset) {
            input.notTogether("reset", ANSWER_FIELDS);
        }
        if (hang && reset) {
            input.notTogether("hang", "reset");
        }
        if (hang || reset) {
            return hang ? Effect.HANG : Effect.RESET;
        }
        if (List.of(ANSWER_FIELDS).stream().anyMatch(input::has)) {
            return Effect.ANSWER;
        }
        if (input.has("delay_millis")) {
            return Effect.DELAY;
        }
        throw new InvalidInputException("The fault needs one of the fields status, body, body_bytes, headers, hang, reset,"
                + " delay_millis");
    }

    private static Answer answer(ControlInput input) {
        input.notTogether("body", "body_bytes");
        String body = input.text("body").orElse("");
        String contentType = input.has("content_type") ? input.headerValue("content_type")
                : body.startsWith("{") ? "application/json" : "text/plain";
        int status = input.whole("status", 200, 599).orElse(200L).intValue();
        for (String field : BODY_FIELDS) {
            if (BODILESS.contains(status) && input.has(field)) {
                throw new InvalidInputException(field + ": an answer with the status " + status + " has no body");
            }
        }
        Answer answer = Answer.of(status, contentType, Buffer.buffer(body));
        for (Map.Entry<String, String> header : input.headers("headers").entrySet()) {
            answer = answer.with(header.getKey(), header.getValue());
        }
        return answer;
    }
}
