package io.quarkiverse.hume.runtime.webhook;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

import io.quarkiverse.hume.runtime.event.AccountListener.WebhookOutcome;

/**
 * The replay cache: it stores the accepted signatures by the second of their timestamps. When it evicts entries, it stores the
 * latest evicted second and rejects webhooks whose timestamps are not later. Therefore no webhook is accepted twice, regardless
 * of the size of the cache and of changes of the clock. Only genuine webhooks are stored, so an attacker cannot fill the cache.
 */
final class ReplayMemory {

    /**
     * How often a webhook may be accepted again because its sender got no response. Without this limit, a sender that always
     * closes the connection early could have a webhook processed any number of times.
     */
    static final int MAX_UNANSWERED = 5;

    private final int limit;
    private final Runnable full;
    private final TreeMap<Long, Map<String, Entry>> seconds = new TreeMap<>();
    private int size;
    private long evictedUntil = -1;

    /**
     * One delivery of a webhook. Deliveries are compared by identity: if an earlier delivery reports its outcome after the same
     * webhook was accepted again, it must not release the later delivery.
     */
    @FunctionalInterface
    interface Delivery {

        /**
         * Whether the response can no longer reach the sender. Called when the same webhook is delivered again, because not
         * every closed connection is reported. Must return quickly.
         */
        boolean isAnswerLost();
    }

    private static final class Entry {
        private boolean accepted;
        private int unanswered;
        private boolean answered;

        /** The delivery that was accepted last. */
        private Delivery delivery;
    }

    /** @param full called each time that entries are evicted before they are too old; must return quickly */
    ReplayMemory(int limit, Runnable full) {
        this.limit = limit;
        this.full = full;
    }

    /**
     * @param second the second at which the webhook was signed
     * @param useless the last second for which no webhook is accepted any more because of its age
     */
    synchronized WebhookOutcome accept(String signature, long second, long useless, Delivery delivery) {
        while (!seconds.isEmpty() && seconds.firstKey() <= useless) {
            evictFirstSecond();
        }
        if (second <= evictedUntil) {
            return WebhookOutcome.FORGOTTEN;
        }
        Map<String, Entry> entries = seconds.computeIfAbsent(second, unused -> new HashMap<>());
        Entry entry = entries.get(signature);
        if (entry == null) {
            entry = new Entry();
            entries.put(signature, entry);
            size++;
        } else {
            if (entry.accepted && !entry.answered && entry.delivery.isAnswerLost()) {
                unanswered(entry);
            }
            if (entry.accepted) {
                return WebhookOutcome.REPLAYED;
            }
        }
        entry.accepted = true;
        entry.answered = false;
        entry.delivery = delivery;
        if (size > limit) {
            evictFirstSecond();
            full.run();
        }
        return WebhookOutcome.ACCEPTED;
    }

    /**
     * The application reported that it did not process the webhook, so it may be delivered again.
     *
     * @return whether the delivery is the one that was accepted last
     */
    synchronized boolean release(String signature, long second, Delivery delivery) {
        Entry entry = entry(signature, second, delivery);
        if (entry == null) {
            return false;
        }
        entry.accepted = false;
        if (entry.unanswered == 0) {
            Map<String, Entry> entries = seconds.get(second);
            entries.remove(signature);
            size--;
            if (entries.isEmpty()) {
                // An empty map is removed, because its eviction would free no memory.
                seconds.remove(second);
            }
        }
        return true;
    }

    /**
     * The sender got no response, so the webhook may be delivered again, up to {@link #MAX_UNANSWERED} times.
     *
     * @return whether it may be delivered again
     */
    synchronized boolean releaseUnanswered(String signature, long second, Delivery delivery) {
        Entry entry = entry(signature, second, delivery);
        if (entry == null || !entry.accepted) {
            return false;
        }
        unanswered(entry);
        return !entry.accepted;
    }

    /** The sender has received the response, so the delivery is not checked any more. */
    synchronized void answered(String signature, long second, Delivery delivery) {
        Entry entry = entry(signature, second, delivery);
        if (entry != null) {
            entry.answered = true;
        }
    }

    /** @return the entry; {@code null} if it was evicted, or if another delivery was accepted since */
    private Entry entry(String signature, long second, Delivery delivery) {
        Map<String, Entry> entries = seconds.get(second);
        Entry entry = entries == null ? null : entries.get(signature);
        return entry == null || entry.delivery != delivery ? null : entry;
    }

    private static void unanswered(Entry entry) {
        entry.answered = true;
        if (entry.unanswered < MAX_UNANSWERED) {
            entry.unanswered++;
            entry.accepted = false;
        }
    }

    synchronized int size() {
        return size;
    }

    private void evictFirstSecond() {
        Map.Entry<Long, Map<String, Entry>> first = seconds.pollFirstEntry();
        size -= first.getValue().size();
        evictedUntil = first.getKey();
    }
}
