package io.quarkiverse.hume.runtime.token;

import java.time.Duration;
import java.time.Instant;

import io.quarkiverse.hume.AccessToken;

/**
 * A token and what is known about it. Times are monotonic nanoseconds and are compared by difference.
 *
 * @param refreshAt when it is due for renewal
 * @param marginAt from when on it might expire in transit
 * @param expiresAt when it is no longer valid
 * @param renewableFrom from when on the next one may be requested
 * @param accepted whether Hume has accepted it or the one before it
 */
record Held(AccessToken token, long receivedAt, long refreshAt, long marginAt, long expiresAt, long renewableFrom,
        boolean accepted) {

    /** The state of a token at a given moment. A pure function of the token and the time. */
    enum Freshness {

        /** In use, and nothing to do. */
        FRESH,

        /** In use, and a new one should be requested in the background. */
        STALE,

        /**
         * Inside the safety margin before its expiry, where it might expire in transit: a newer one is preferred, and this
         * one is used if no newer one can be had.
         */
        ENDING,

        /** Hume does not accept it any more. */
        EXPIRED
    }

    /** The wall clock running ahead of the monotonic one by more than this means a suspended process or a jump. */
    private static final Duration MAX_DRIFT = Duration.ofSeconds(5);

    Freshness freshness(long now) {
        if (now - marginAt < 0) {
            return now - refreshAt < 0 ? Freshness.FRESH : Freshness.STALE;
        }
        return now - expiresAt < 0 ? Freshness.ENDING : Freshness.EXPIRED;
    }

    boolean usable(long now) {
        return now - expiresAt < 0;
    }

    long lifetime() {
        return expiresAt - receivedAt;
    }

    boolean shortLived() {
        return lifetime() < RefreshPolicy.SHORT_LIFETIME;
    }

    boolean renewable(long now) {
        return now - renewableFrom >= 0;
    }

    /** Until when a caller inside the safety margin waits for a newer token: half of the margin is left to use this one. */
    long waitUntil() {
        return marginAt + (expiresAt - marginAt) / 2;
    }

    /**
     * Whether the token is good for so much longer. A token that lasted less when it arrived is, for the first half of its
     * life.
     *
     * @param minimum in nanoseconds
     */
    boolean lasts(long minimum, long now) {
        long lifetime = marginAt - receivedAt;
        long required = minimum < lifetime ? minimum : lifetime / 2;
        return now - marginAt < 0 && marginAt - now >= required;
    }

    /** Whether the token may be older than it seems. */
    boolean drifted(long now, Instant wallClock) {
        Duration byWallClock = Duration.between(wallClock, token.expiresAt());
        return byWallClock.plus(MAX_DRIFT).compareTo(Duration.ofNanos(expiresAt - now)) < 0;
    }

    /** Whether requests with this value of the header carry this token. */
    boolean is(String authorization) {
        return token.authorization().equals(authorization);
    }

    /** Whether it arrived so recently that a rejection is unexpected. */
    boolean young(long now) {
        return now - receivedAt < RefreshPolicy.youngAge(marginAt - receivedAt);
    }

    Held stale(long now) {
        return new Held(token, receivedAt, now, marginAt, expiresAt, renewableFrom, accepted);
    }

    Held asAccepted() {
        return accepted ? this : new Held(token, receivedAt, refreshAt, marginAt, expiresAt, renewableFrom, true);
    }
}
