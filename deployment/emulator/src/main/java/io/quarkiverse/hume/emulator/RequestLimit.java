package io.quarkiverse.hume.emulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

import io.quarkiverse.hume.emulator.platform.Answer;
import io.quarkiverse.hume.emulator.platform.JsonInput;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/**
 * Hume's limit of requests in any minute, which all keys of an organization share. Rejected requests do not count.
 *
 * @param account the only one that it applies to; null for all
 * @param accepted when the requests of the last minute were accepted, the oldest first; guarded by itself
 */
record RequestLimit(long requestsPerMinute, String account, Deque<Instant> accepted) {

    /** The answer of Hume's gateway, which has no {@code Retry-After}. */
    static final Answer EXCEEDED = Answer.json(429, JsonObject.of("message", "API rate limit exceeded"));

    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final long HIGHEST = 1_000_000;

    static RequestLimit read(Buffer body) {
        JsonInput input = JsonInput.control(body, "requests_per_minute", "account");
        return new RequestLimit(input.whole("requests_per_minute", 1, HIGHEST)
                .orElseThrow(() -> input.invalid("requests_per_minute", "is required")),
                input.text("account").orElse(null), new ArrayDeque<>());
    }

    JsonObject toJson() {
        return JsonObject.of("requests_per_minute", requestsPerMinute, "account", account);
    }

    /** @return whether a request of this account may be answered, and counts from now on */
    public boolean admits(String owner, Instant now) {
        if (account != null && !account.equals(owner)) {
            return true;
        }
        synchronized (accepted) {
            accepted.removeIf(earlier -> !earlier.plus(WINDOW).isAfter(now));
            return accepted.size() < requestsPerMinute && accepted.add(now);
        }
    }
}
