package io.quarkiverse.hume.emulator.credential;

import io.quarkiverse.hume.emulator.http.JsonInput;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/** How the token endpoint answers when nothing is wrong. */
public record TokenSettings(long lifetimeMillis, long latencyMillis, boolean includeExpiresIn) {

    public static final TokenSettings INITIAL = new TokenSettings(1_800_000, 0, true);

    private static final long YEAR_MILLIS = 365L * 24 * 3600 * 1000;
    private static final long LONGEST_LATENCY_MILLIS = 600_000;

    /** Fields that are absent keep their value. */
    public TokenSettings update(JsonInput input) {
        input.notTogether("lifetime_seconds", "lifetime_millis");
        long lifetime = input.whole("lifetime_seconds", 1, YEAR_MILLIS / 1000).map(seconds -> seconds * 1000)
                .or(() -> input.whole("lifetime_millis", 1, YEAR_MILLIS)).orElse(lifetimeMillis);
        return new TokenSettings(lifetime,
                input.whole("latency_millis", 0, LONGEST_LATENCY_MILLIS).orElse(latencyMillis),
                input.flag("include_expires_in", includeExpiresIn));
    }

    public static JsonInput read(Buffer body) {
        return JsonInput.control(body, "lifetime_seconds", "lifetime_millis", "latency_millis", "include_expires_in");
    }

    /** Whole seconds, as Hume gives them: rounded down, but never to nothing. */
    long expiresInSeconds() {
        return Math.max(1, lifetimeMillis / 1000);
    }

    public JsonObject toJson() {
        return new JsonObject().put("lifetime_millis", lifetimeMillis).put("latency_millis", latencyMillis)
                .put("include_expires_in", includeExpiresIn);
    }
}
