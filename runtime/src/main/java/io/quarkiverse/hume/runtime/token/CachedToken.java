package io.quarkiverse.hume.runtime.token;

import java.time.Duration;
import java.time.Instant;

import io.quarkiverse.hume.AccessToken;

/**
 * A token and what is known about it. Times are monotonic nanoseconds and are compared by difference.
 *
 * @param refreshAt when the token is due for renewal
 * @param marginAt when the safety margin before the expiry begins, in which the token might expire in transit
 * @param expiresAt when the token expires
 * @param renewableFrom the earliest time at which the next token may be requested
 * @param accepted whether Hume has accepted this token or the previous one
 */
record CachedToken(AccessToken token, long receivedAt, long refreshAt, long marginAt, long expiresAt, long renewableFrom,
        boolean accepted) {

    /** The state of a token at a given moment. A pure function of the token and the time. */
    enum Freshness {

        /** The token is used, and there is nothing to do. */
        FRESH,

        /** The token is used, and a new one should be requested in the background. */
        STALE,

        /**
         * The safety margin before the expiry has begun, so the token might expire in transit. A newer token is preferred, and
         * this token is used if no newer one can be obtained.
         */
        ENDING,

        /** The token has expired. */
        EXPIRED
    }

    /**
     * If the wall clock runs ahead of the monotonic clock by more than this, the process was suspended or the wall clock was
     * set.
     */
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

    /** Until when a caller waits for a newer token within the safety margin. Half of the margin remains to use this token. */
    long waitUntil() {
        return marginAt + (expiresAt - marginAt) / 2;
    }

    /**
     * Whether the token remains valid for at least the given time. A token whose whole lifetime is shorter counts as valid for
     * long enough during the first half of it.
     *
     * @param minimum the minimum remaining lifetime in nanoseconds
     */
    boolean lasts(long minimum, long now) {
        long lifetime = marginAt - receivedAt;
        long required = minimum < lifetime ? minimum : lifetime / 2;
        return now - marginAt < 0 && marginAt - now >= required;
    }

    /**
     * Whether the token may be older than the monotonic clock shows, because the process was suspended or the wall clock was
     * set.
     */
    boolean drifted(long now, Instant wallClock) {
        Duration byWallClock = Duration.between(wallClock, token.expiresAt());
        return byWallClock.plus(MAX_DRIFT).compareTo(Duration.ofNanos(expiresAt - now)) < 0;
    }

    /** Whether this value of the header {@code Authorization} contains this token. */
    boolean is(String authorization) {
        return token.authorization().equals(authorization);
    }

    /** Whether the token arrived so recently that a rejection is unexpected. */
    boolean young(long now) {
        return now - receivedAt < RefreshPolicy.youngAge(marginAt - receivedAt);
    }

    CachedToken stale(long now) {
        return new CachedToken(token, receivedAt, now, marginAt, expiresAt, renewableFrom, accepted);
    }

    CachedToken asAccepted() {
        return accepted ? this : new CachedToken(token, receivedAt, refreshAt, marginAt, expiresAt, renewableFrom, true);
    }
}
