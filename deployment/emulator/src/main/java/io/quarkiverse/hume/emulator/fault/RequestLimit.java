package io.quarkiverse.hume.emulator.fault;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;

import io.quarkiverse.hume.emulator.http.Answer;
import io.vertx.core.json.JsonObject;

/**
 * Hume's limit of requests in any minute, which the keys of an organization share. There is none until one is set. Requests
 * that exceed it do not count. Thread-safe.
 */
public final class RequestLimit {

    /** The answer of Hume's gateway, which names no time for the next request. */
    public static final Answer EXCEEDED = Answer.json(429, JsonObject.of("message", "API rate limit exceeded"));

    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final long NONE = Long.MAX_VALUE;

    private final InstantSource clock;
    private final Deque<Instant> admitted = new ArrayDeque<>();
    private String account;
    private long limit = NONE;

    public RequestLimit(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Replaces the limit. The requests until now do not count. {@code owner} is the only account that it applies to, or null.
     */
    public synchronized void set(long requestsPerMinute, String owner) {
        clear();
        limit = requestsPerMinute;
        account = owner;
    }

    /** @return whether there was a limit */
    public synchronized boolean clear() {
        boolean set = limit != NONE;
        limit = NONE;
        account = null;
        admitted.clear();
        return set;
    }

    /** @return {@code null} without a limit */
    public synchronized JsonObject toJson() {
        return limit == NONE ? null : JsonObject.of("requests_per_minute", limit, "account", account);
    }

    /** @return whether a request of this account may be answered, and counts from now on */
    public synchronized boolean admits(String owner) {
        if (limit == NONE || account != null && !account.equals(owner)) {
            return true;
        }
        Instant now = clock.instant();
        while (!admitted.isEmpty() && !admitted.getFirst().plus(WINDOW).isAfter(now)) {
            admitted.removeFirst();
        }
        if (admitted.size() >= limit) {
            return false;
        }
        admitted.addLast(now);
        return true;
    }
}
