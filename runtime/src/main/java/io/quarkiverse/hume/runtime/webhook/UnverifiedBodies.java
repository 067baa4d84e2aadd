package io.quarkiverse.hume.runtime.webhook;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The memory of unverified webhooks, of all accounts together. When the limit is reached, those that have been under way for
 * longest are displaced: a genuine webhook is complete within moments, one whose sender stalls is not. Stalled senders
 * therefore displace each other, and not later webhooks. Thread-safe.
 */
final class UnverifiedBodies {

    /** A webhook that is being read or verified. */
    interface Holder {

        /** It holds nothing any more and has to be rejected. Called on any thread; must neither block nor throw. */
        void displaced();
    }

    private final long limit;
    private final Map<Holder, Long> oldestFirst = new LinkedHashMap<>();
    private long size;

    /** @param limit in bytes */
    UnverifiedBodies(long limit) {
        this.limit = limit;
    }

    long limit() {
        return limit;
    }

    /** Takes the first share of a webhook; {@code false} if it would not even have room alone. */
    boolean enter(Holder holder, long bytes) {
        synchronized (this) {
            if (bytes > limit) {
                return false;
            }
            oldestFirst.put(holder, 0L);
        }
        return take(holder, bytes);
    }

    /** Takes more; {@code false} if the webhook would not even have room alone, or was displaced in the meantime. */
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
        // Outside of the lock: it is foreign code.
        displaced.forEach(Holder::displaced);
        return true;
    }

    /** Gives everything back. May be called again. */
    synchronized void leave(Holder holder) {
        Long held = oldestFirst.remove(holder);
        size -= held == null ? 0 : held;
    }

    synchronized long size() {
        return size;
    }
}
