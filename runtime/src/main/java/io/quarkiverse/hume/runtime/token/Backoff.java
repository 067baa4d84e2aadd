package io.quarkiverse.hume.runtime.token;

import java.time.Duration;

/**
 * Exponential back-off: {@code delay}, doubled with every further failure up to {@code maxDelay}, plus up to a quarter of
 * itself, so that many applications do not retry at the same moment.
 */
public record Backoff(Duration delay, Duration maxDelay) {

    // 2^30 times a millisecond is twelve days: past any limit that is configured, and far from overflow.
    private static final int MAX_EXPONENT = 30;
    private static final double JITTER = 0.25;

    /**
     * @param failures how many in a row, at least one
     * @param random in [0, 1)
     * @return in nanoseconds
     */
    public long nanos(int failures, double random) {
        double doubled = (double) RefreshPolicy.nanos(delay) * (1L << Math.min(failures - 1, MAX_EXPONENT));
        double limited = Math.min(doubled, RefreshPolicy.nanos(maxDelay));
        return (long) (limited * (1 + JITTER * random));
    }
}
