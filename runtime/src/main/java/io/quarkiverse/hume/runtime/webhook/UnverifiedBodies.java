package io.quarkiverse.hume.runtime.webhook;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The memory of the unverified webhooks of all accounts. When the limit is reached, the webhooks that arrived first are
 * rejected: a genuine webhook is complete within moments, but one whose sender stalls is not. Stalled senders therefore
 * displace each other and not later webhooks. Thread-safe.
 */
final class UnverifiedBodies {

    /** A webhook that is being read or verified. */
    interface Holder {

        /**
         * The memory of the webhook was released, and the webhook must be rejected. Called on any thread; must neither block
         * nor throw.
         */
        void displaced();
    }

    private final long limit;
    private final Map<Holder, Long> oldestFirst = new LinkedHashMap<>();
    private long size;

    /** @param limit the maximum memory in bytes */
    UnverifiedBodies(long limit) {
        this.limit = limit;
    }

    long limit() {
        return limit;
    }

    /**
     * Reserves memory for a new webhook.
     *
     * @return {@code false} if the webhook alone would exceed the limit
     */
    boolean enter(Holder holder, long bytes) {
        synchronized (this) {
            if (bytes > limit) {
                return false;
            }
            oldestFirst.put(holder, 0L);
        }
        return take(holder, bytes);
    }

    /**
     * Reserves more memory for a webhook.
     *
     * @return {@code false} if the webhook alone would exceed the limit, or if it was displaced in the meantime
     */
    boolean take(Holder holder, long bytes) {
        List<Holder> displaced = new ArrayList<>();
        synchronized (this) {
            Long held = oldestFirst.get(holder);
            if (held == null || held + bytes > limit) {
                return false;
            }
            oldestFirst.put(holder, held + bytes);
            size += bytes;
            Iterator<Map.Entry<Holder, Long>> others = oldestFirst.entrySet().iterator();
            while (size > limit) {
                Map.Entry<Holder, Long> oldest = others.next();
                if (oldest.getKey() != holder) {
                    size -= oldest.getValue();
                    displaced.add(oldest.getKey());
                    others.remove();
                }
            }
        }
        // The holders are notified outside of the lock, because they run code of other classes.
        displaced.forEach(Holder::displaced);
        return true;
    }

    /** Releases the memory of a webhook. May be called more than once. */
    synchronized void leave(Holder holder) {
        Long held = oldestFirst.remove(holder);
        size -= held == null ? 0 : held;
    }

    synchronized long size() {
        return size;
    }
}
