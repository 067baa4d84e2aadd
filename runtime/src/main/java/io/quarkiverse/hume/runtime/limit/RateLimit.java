package io.quarkiverse.hume.runtime.limit;

import java.time.Duration;

/**
 * Grants a limited number of permits in every window of time. The window slides: no window of this length has more permits than
 * the limit. Permits are reserved in the order of the requests for them. Thread-safe; never blocks.
 */
final class RateLimit {

    /**
     * @param granted whether the permit is reserved
     * @param delay the time until the permit can be used; if it is not reserved, the time until it could have been used
     */
    record Permit(boolean granted, Duration delay) {
    }

    /** A ring buffer with the times at which the last permits can be used; {@code next} is the index of the oldest one. */
    private final long[] reserved;
    private final long window;
    private int next;
    private long count;
    private long notBefore;
    private boolean held;

    RateLimit(int permits, Duration window) {
        this.reserved = new long[permits];
        this.window = window.toNanos();
    }

    int permits() {
        return reserved.length;
    }

    /** @param now the time of a monotonic clock, in nanoseconds */
    synchronized Permit take(long now, Duration maxWait) {
        long wait = 0;
        if (count >= reserved.length) {
            wait = Math.max(wait, reserved[next] + window - now);
        }
        if (held) {
            wait = Math.max(wait, notBefore - now);
            held = notBefore - now > 0;
        }
        if (wait > maxWait.toNanos()) {
            return new Permit(false, Duration.ofNanos(wait));
        }
        reserved[next] = now + wait;
        next = (next + 1) % reserved.length;
        count++;
        return new Permit(true, Duration.ofNanos(wait));
    }

    /** Grants no permits for the given time, because Hume has reported that the limit was reached. */
    synchronized void hold(long now, Duration time) {
        long end = now + time.toNanos();
        notBefore = held && notBefore - end > 0 ? notBefore : end;
        held = true;
    }
}
