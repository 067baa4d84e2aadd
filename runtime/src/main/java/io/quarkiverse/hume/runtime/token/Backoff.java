package io.quarkiverse.hume.runtime.token;

import java.time.Duration;

/**
 * Exponential back-off: {@code delay}, doubled with every further failure up to {@code maxDelay}, plus a random part of up to a
 * quarter, so that many applications do not retry at the same moment.
 */
public record Backoff(Duration delay, Duration maxDelay) {

    // 2^30 milliseconds are twelve days, which is longer than any sensible limit and far from an overflow.
    private static final int MAX_EXPONENT = 30;
    private static final double JITTER = 0.25;

    /**
     * @param failures the number of consecutive failures, at least 1
     * @param random a random number in [0, 1)
     * @return the delay in nanoseconds
     */
    public long nanos(int failures, double random) {
        double doubled = (double) RefreshPolicy.nanos(delay) * (1L << Math.min(failures - 1, MAX_EXPONENT));
        double limited = Math.min(doubled, RefreshPolicy.nanos(maxDelay));
        return (long) (limited * (1 + JITTER * random));
    }
}
