package io.quarkiverse.hume.runtime.limit;

import java.time.Duration;

/**
 * Grants a limited number of permits in every window of time. The window slides: no window of this length has more permits than
 * the limit. Permits are reserved in the order of the requests for them. Thread-safe; never blocks.
 */
final class RateLimit {

    /**
     * @param granted whether the permit is reserved
     * @param delay until the permit can be used; if it is not reserved, until it could have been
     */
    record Permit(boolean granted, Duration delay) {
    }

    /** When the last permits can be used, a ring of which {@code next} is the oldest. */
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

    /** @param now in nanoseconds, of a monotonic clock */
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

    /** Grants nothing for a time, since Hume has said that the limit is used up. */
    synchronized void hold(long now, Duration time) {
        long end = now + time.toNanos();
        notBefore = held && notBefore - end > 0 ? notBefore : end;
        held = true;
    }
}
