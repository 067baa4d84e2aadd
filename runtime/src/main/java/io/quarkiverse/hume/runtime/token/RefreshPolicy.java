package io.quarkiverse.hume.runtime.token;

import java.time.Duration;

/**
 * When to fetch a token and when to let go of it.
 *
 * @param refreshBefore how long before its expiry a token is renewed
 * @param timeout how long a request may take, all its retries included
 * @param backoff how long to wait after failures
 */
public record RefreshPolicy(Duration refreshBefore, Duration timeout, Backoff backoff) {

    private static final long MAX_EXPIRY_MARGIN = Duration.ofSeconds(3).toNanos();
    private static final long MAX_YOUNG_AGE = Duration.ofSeconds(5).toNanos();
    private static final double JITTER = 0.1;

    /** A server that asks for more patience than this is asked again all the same. */
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

    /** How much before its expiry a token counts as expired, so that none dies in transit; in nanoseconds. */
    static long expiryMargin(long lifetime) {
        return Math.min(MAX_EXPIRY_MARGIN, lifetime / 20);
    }

    /** The age below which a rejected token is a surprise, in nanoseconds. */
    static long youngAge(long lifetime) {
        return Math.min(MAX_YOUNG_AGE, lifetime / 5);
    }

    /** How long to wait for a server that asks for so much patience, in nanoseconds; the past is now. */
    static long patience(Duration demanded) {
        Duration limited = demanded.compareTo(MAX_RETRY_AFTER) > 0 ? MAX_RETRY_AFTER : demanded;
        return limited.isNegative() ? 0 : limited.toNanos();
    }

    static long nanos(Duration duration) {
        return duration.compareTo(Duration.ofNanos(Long.MAX_VALUE / 4)) > 0 ? Long.MAX_VALUE / 4 : duration.toNanos();
    }
}
