package io.quarkiverse.hume.runtime.access;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;

/**
 * Limits the admitted requests of a caller within any period of the given length. Rejected requests do not count, so a caller
 * that retries too early can be admitted later.
 * <p>
 * The number of callers is limited. If there are too many, those without requests for the longest time are removed. Users and
 * addresses are stored separately, so that an attacker with many addresses cannot displace the counts of users.
 */
public final class LocalRequestLimit implements RequestLimit {

    private static final int FIRST_SLOTS = 4;
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int MAX_CALLERS = 10_000;

    private final int limit;
    private final long period;
    private final LongSupplier nanos;
    private final Map<String, Window> users;
    private final Map<String, Window> addresses;

    /**
     * @param limit at least 1
     * @param maxCallers the maximum number of users, and the maximum number of addresses, that are stored
     * @param nanos a monotonic clock, such as {@link System#nanoTime()}
     */
    LocalRequestLimit(int limit, Duration period, int maxCallers, LongSupplier nanos) {
        this.limit = limit;
        this.period = period.toNanos();
        this.nanos = nanos;
        this.users = new Windows(maxCallers);
        this.addresses = new Windows(maxCallers);
    }

    /** @param limit the number of requests of each caller within any 60 seconds, at least 1 */
    public static LocalRequestLimit perMinute(int limit) {
        return new LocalRequestLimit(limit, MINUTE, MAX_CALLERS, System::nanoTime);
    }

    @Override
    public CompletionStage<Duration> admit(Caller caller) {
        Map<String, Window> windows = caller.signedIn() ? users : addresses;
        synchronized (windows) {
            // The clock is read inside the lock, so that the times are stored in ascending order.
            long now = nanos.getAsLong();
            return CompletableFuture.completedFuture(Duration.ofNanos(
                    windows.computeIfAbsent(caller.name(), unknown -> new Window()).admit(now)));
        }
    }

    /** The number of users and addresses that are stored. */
    int callers() {
        synchronized (users) {
            synchronized (addresses) {
                return users.size() + addresses.size();
            }
        }
    }

    /** A ring buffer with the times of the latest admitted requests of one caller, at most as many as the limit. */
    private final class Window {

        private long[] admitted = new long[Math.min(limit, FIRST_SLOTS)];
        private int oldest;
        private int size;

        private long admit(long now) {
            while (size > 0 && now - admitted[oldest] >= period) {
                oldest = (oldest + 1) % admitted.length;
                size--;
            }
            if (size == limit) {
                return period - (now - admitted[oldest]);
            }
            if (size == admitted.length) {
                grow();
            }
            admitted[(oldest + size) % admitted.length] = now;
            size++;
            return 0;
        }

        private void grow() {
            long[] larger = Arrays.copyOf(admitted, (int) Math.min(limit, 2L * admitted.length));
            for (int i = 0; i < size; i++) {
                larger[i] = admitted[(oldest + i) % admitted.length];
            }
            admitted = larger;
            oldest = 0;
        }
    }

    /** The windows by caller, ordered by the last access. */
    private static final class Windows extends LinkedHashMap<String, Window> {

        private static final long serialVersionUID = 1L;

        private final int max;

        private Windows(int max) {
            super(16, 0.75f, true);
            this.max = max;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Window> eldest) {
            return size() > max;
        }
    }
}
