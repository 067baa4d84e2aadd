package io.quarkiverse.hume.emulator.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.quarkiverse.hume.emulator.http.Answer;
import io.quarkiverse.hume.emulator.http.JsonInput;
import io.quarkiverse.hume.emulator.http.PathPattern;
import io.quarkiverse.hume.emulator.http.RefusedRequest;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/**
 * What goes wrong instead of the regular answer, and for which requests.
 *
 * @param fillerBytes size of a body made of filler, instead of the body of {@code answer}
 * @param times how many requests it strikes; empty: until it is removed
 * @param percentage of the requests in its scope it strikes
 */
public record Fault(Effect effect, Answer answer, Optional<Long> fillerBytes, long delayMillis, Scope scope,
        Optional<Long> times,
        double percentage, JsonObject source) {

    private static final String[] ANSWER_FIELDS = { "status", "body", "content_type", "headers", "body_bytes" };
    private static final List<String> TOKEN_FIELDS = List.of("status", "body", "content_type", "headers", "body_bytes", "hang",
            "reset", "delay_millis", "times", "percent", "account");
    private static final List<String> BODY_FIELDS = List.of("body", "body_bytes");
    // HTTP has no body for them: it would be dropped without a word.
    private static final Set<Integer> BODILESS = Set.of(204, 205, 304);
    private static final long LONGEST_DELAY_MILLIS = 600_000;
    private static final long LARGEST_FILLER = 1L << 30;

    public enum Effect {
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
     * @param path see {@link PathPattern}
     * @param afterAuthentication whether only requests are struck that would have been let in
     */
    public record Scope(String account, PathPattern path, boolean afterAuthentication) {

        boolean contains(String owner, String requested, boolean authenticated) {
            return afterAuthentication == authenticated && path.matches(requested)
                    && (account == null || account.equals(owner));
        }
    }

    public static Fault ofTokenEndpoint(Buffer body) {
        return from(JsonInput.control(body, TOKEN_FIELDS.toArray(String[]::new)));
    }

    public static Fault ofApi(Buffer body) {
        List<String> fields = new ArrayList<>(TOKEN_FIELDS);
        fields.addAll(List.of("path", "after_authentication"));
        return from(JsonInput.control(body, fields.toArray(String[]::new)));
    }

    private static Fault from(JsonInput input) {
        Scope scope = new Scope(input.text("account").orElse(null), PathPattern.of(input.text("path").orElse("")),
                input.flag("after_authentication", false));
        return new Fault(effect(input), answer(input), input.whole("body_bytes", 0, LARGEST_FILLER),
                input.whole("delay_millis", 0, LONGEST_DELAY_MILLIS).orElse(0L), scope,
                input.whole("times", 1, Integer.MAX_VALUE), input.percentage("percent", 100), input.toJson());
    }

    private static Effect effect(JsonInput input) {
        boolean hang = input.flag("hang", false);
        boolean reset = input.flag("reset", false);
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
        throw RefusedRequest.control("The fault needs one of the fields status, body, body_bytes, headers, hang, reset,"
                + " delay_millis");
    }

    private static Answer answer(JsonInput input) {
        input.notTogether("body", "body_bytes");
        String body = input.text("body").orElse("");
        String contentType = input.has("content_type") ? input.headerValue("content_type")
                : body.startsWith("{") ? "application/json" : "text/plain";
        int status = input.whole("status", 200, 599).orElse(200L).intValue();
        for (String field : BODY_FIELDS) {
            if (BODILESS.contains(status) && input.has(field)) {
                throw RefusedRequest.control(field + ": an answer with the status " + status + " has no body");
            }
        }
        Answer answer = Answer.of(status, contentType, Buffer.buffer(body));
        for (Map.Entry<String, String> header : input.headers("headers").entrySet()) {
            answer = answer.with(header.getKey(), header.getValue());
        }
        return answer;
    }
}
