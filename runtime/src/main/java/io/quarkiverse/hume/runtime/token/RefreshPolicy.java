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

    /** A lifetime below this value results from a mistake of the token source; in nanoseconds. */
    static final long SHORT_LIFETIME = Duration.ofSeconds(5).toNanos();

    /** The minimum interval between the starts of two requests for tokens with such lifetimes. */
    private static final long SHORT_LIFETIME_INTERVAL = Duration.ofSeconds(1).toNanos();

    /** A token that expired at most this long ago when it arrives, but not before it was requested, is still accepted. */
    static final long MAX_ON_THE_WAY = Duration.ofSeconds(1).toNanos();

    /** While calls fail because there is no token, the next attempt is at most this far away. */
    private static final Duration CALLER_INTERVAL = Duration.ofSeconds(1);
    private static final double CALLER_JITTER = 0.25;

    /** The maximum {@code Retry-After}; longer values are reduced to it. */
    private static final Duration MAX_RETRY_AFTER = Duration.ofMinutes(10);

    /**
     * How long before its expiry a token is renewed, in nanoseconds. If the configured time is more than half of the lifetime,
     * a fifth of the lifetime is used instead, so that the token is not renewed all the time.
     *
     * @param random a random number in [0, 1), drawn once per token, so that many applications do not renew at the same moment
     */
    long refreshWindow(long lifetime, double random) {
        // A token is renewed before its safety margin begins, even if the configured time is shorter.
        long configured = Math.max(nanos(refreshBefore), 2 * expiryMargin(lifetime));
        long window = configured > lifetime / 2 ? lifetime / 5 : configured;
        return (long) (window * (1 - JITTER * random));
    }

    /** How long before its expiry the safety margin begins, so that no token expires in transit; in nanoseconds. */
    static long expiryMargin(long lifetime) {
        return Math.min(MAX_EXPIRY_MARGIN, lifetime / 20);
    }

    /**
     * The earliest time at which the next token may be requested, if the previous token was short-lived, too. It limits
     * requests to one per second, regardless of the lifetimes and of the number of calls.
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
     * The interval during which a token is kept although calls are answered 401; with the default back-off, it grows from a
     * second to a minute. It is longer than the back-off, because these token requests succeed, so the next one is less urgent
     * than after a failure.
     */
    Backoff rejectionInterval() {
        return new Backoff(backoff.delay().multipliedBy(5), backoff.maxDelay().multipliedBy(12));
    }

    /**
     * The maximum time after which the back-off ends for a caller without a token, in nanoseconds. It has a random part, like
     * the
     * back-off.
     */
    long callerWait(double random) {
        return (long) (Math.max(nanos(CALLER_INTERVAL), nanos(backoff.delay())) * (1 - CALLER_JITTER * random));
    }

    /** How long to wait because of {@code Retry-After}, in nanoseconds; 0 for a time in the past. */
    static long retryAfter(Duration requested) {
        Duration limited = requested.compareTo(MAX_RETRY_AFTER) > 0 ? MAX_RETRY_AFTER : requested;
        return limited.isNegative() ? 0 : limited.toNanos();
    }

    static long nanos(Duration duration) {
        return duration.compareTo(Duration.ofNanos(Long.MAX_VALUE / 4)) > 0 ? Long.MAX_VALUE / 4 : duration.toNanos();
    }
}
