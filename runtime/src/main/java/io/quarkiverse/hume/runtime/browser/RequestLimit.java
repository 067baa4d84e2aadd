package io.quarkiverse.hume.runtime.browser;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * At most so many requests of one origin within any minute. What is refused does not count. Of too many origins, those that
 * have been silent for longest are forgotten, so memory is bounded.
 */
final class RequestLimit {

    private static final long WINDOW = Duration.ofMinutes(1).toNanos();

    private final int limit;
    private final LongSupplier nanoTime;
    private final Map<String, Deque<Long>> admitted;

    /**
     * @param maxOrigins how many origins are remembered
     * @param nanoTime as {@link System#nanoTime()}
     */
    RequestLimit(int limit, int maxOrigins, LongSupplier nanoTime) {
        this.limit = limit;
        this.nanoTime = nanoTime;
        this.admitted = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Deque<Long>> eldest) {
                return size() > maxOrigins;
            }
        };
    }

    /**
     * Admits a request, or says how long the origin has to wait.
     *
     * @return zero if the request is admitted
     */
    synchronized Duration admit(String origin) {
        long now = nanoTime.getAsLong();
        Deque<Long> times = admitted.computeIfAbsent(origin, unknown -> new ArrayDeque<>(2));
        while (!times.isEmpty() && now - times.peekFirst() >= WINDOW) {
            times.removeFirst();
        }
        if (times.size() >= limit) {
            return Duration.ofNanos(WINDOW - (now - times.peekFirst()));
        }
        times.addLast(now);
        return Duration.ZERO;
    }

    /** How many origins are remembered. */
    synchronized int origins() {
        return admitted.size();
    }
}
