package io.quarkiverse.hume.runtime.token;

import java.time.Duration;

/**
 * When a token is requested, renewed and dropped.
 *
 * @param refreshBefore how long before its expiry a token is renewed
 * @param timeout how long a request may take, all its retries included
 * @param backoff how long to wait after failures
 * @param maxWait how long a caller without a token waits for the next request, if none is allowed yet
 */
public record RefreshPolicy(Duration refreshBefore, Duration timeout, Backoff backoff, Duration maxWait) {

    private static final long MAX_EXPIRY_MARGIN = Duration.ofSeconds(3).toNanos();
    private static final long MAX_YOUNG_AGE = Duration.ofSeconds(5).toNanos();
    private static final double JITTER = 0.1;

    /** A lifetime below this is a mistake of its source; in nanoseconds. */
    static final long SHORT_LIFETIME = Duration.ofSeconds(5).toNanos();

    /** Between the starts of two requests for such tokens. */
    private static final long SHORT_LIFETIME_INTERVAL = Duration.ofSeconds(1).toNanos();

    /** A token may have ended so long ago when it arrives, but not before it was requested. */
    static final long MAX_ON_THE_WAY = Duration.ofSeconds(1).toNanos();

    /** While calls fail because there is no token, the next attempt is at most this far away. */
    private static final Duration DEMAND_INTERVAL = Duration.ofSeconds(1);
    private static final double DEMAND_JITTER = 0.25;

    /** A longer {@code Retry-After} than this is reduced to it. */
    private static final Duration MAX_RETRY_AFTER = Duration.ofMinutes(10);

    /**
     * How long before the expiry to renew, in nanoseconds. A lifetime for which the configured time would mean renewing all
     * the time gets a fifth of the lifetime instead.
     *
     * @param random in [0, 1); drawn once per token, spreads the renewals of many applications
     */
    long refreshWindow(long lifetime, double random) {
        // Renewed before it counts as expired, however little was configured.
        long configured = Math.max(nanos(refreshBefore), 2 * expiryMargin(lifetime));
        long window = configured > lifetime / 2 ? lifetime / 5 : configured;
        return (long) (window * (1 - JITTER * random));
    }

    /** How long before its expiry the safety margin begins, so that no token expires in transit; in nanoseconds. */
    static long expiryMargin(long lifetime) {
        return Math.min(MAX_EXPIRY_MARGIN, lifetime / 20);
    }

    /**
     * From when on the next token may be requested, if the token before was short-lived, too. However short tokens live and
     * however many calls there are, there is one request a second.
     *
     * @param requestedAt when the request for this token was sent
     */
    static long renewableFrom(long requestedAt, long now, long lifetime) {
        long earliest = requestedAt + SHORT_LIFETIME_INTERVAL;
        return lifetime < SHORT_LIFETIME && earliest - now > 0 ? earliest : now;
    }

    /** The age below which the rejection of a token is unexpected, in nanoseconds. */
    static long youngAge(long lifetime) {
        return Math.min(MAX_YOUNG_AGE, lifetime / 5);
    }

    /**
     * How long a token is kept although calls are answered 401: with the usual back-off from a second to a minute. Longer than
     * the back-off itself, since a request that succeeds is no reason for the next one.
     */
    Backoff rejectionInterval() {
        return new Backoff(backoff.delay().multipliedBy(5), backoff.maxDelay().multipliedBy(12));
    }

    /** How long a caller without a token waits for the gate at most, in nanoseconds; spread as the back-off is. */
    long demandWait(double random) {
        return (long) (Math.max(nanos(DEMAND_INTERVAL), nanos(backoff.delay())) * (1 - DEMAND_JITTER * random));
    }

    /** How long a {@code Retry-After} is honoured, in nanoseconds; the past is now. */
    static long retryAfter(Duration demanded) {
        Duration limited = demanded.compareTo(MAX_RETRY_AFTER) > 0 ? MAX_RETRY_AFTER : demanded;
        return limited.isNegative() ? 0 : limited.toNanos();
    }

    static long nanos(Duration duration) {
        return duration.compareTo(Duration.ofNanos(Long.MAX_VALUE / 4)) > 0 ? Long.MAX_VALUE / 4 : duration.toNanos();
    }
}
