package io.quarkiverse.hume.runtime.webhook;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

import io.quarkiverse.hume.runtime.event.AccountListener.WebhookOutcome;

/**
 * The replay cache: the accepted signatures, by the second of their timestamp. When entries are evicted, it stores their
 * latest second, and rejects everything that is not later. Nothing is therefore accepted twice, regardless of its size and of
 * clock changes. Only genuine webhooks are stored, so an attacker cannot fill it.
 */
final class ReplayMemory {

    /** A sender that closes each connection early must not have one webhook processed any number of times. */
    static final int MAX_UNANSWERED = 5;

    private final int limit;
    private final Runnable full;
    private final TreeMap<Long, Map<String, Entry>> seconds = new TreeMap<>();
    private int size;
    private long forgottenUntil = -1;

    /**
     * One of the times that a webhook comes. Known by its identity: what an earlier one reports late, when the same webhook has
     * been accepted once more, must not release the later one.
     */
    @FunctionalInterface
    interface Delivery {

        /**
         * Whether the answer can no longer reach the sender. Asked when the same webhook comes again, and must be quick. Not
         * every way to end a connection is reported, so it has to be looked at.
         */
        boolean isAnswerLost();
    }

    private static final class Entry {
        private boolean accepted;
        private int unanswered;
        private boolean answered;

        /** The one that was accepted last. */
        private Delivery delivery;
    }

    /** @param full called each time that something has to be forgotten before its time; must be quick */
    ReplayMemory(int limit, Runnable full) {
        this.limit = limit;
        this.full = full;
    }

    /**
     * @param second when it was signed
     * @param useless the last second that is too old to be asked about again
     */
    synchronized WebhookOutcome accept(String signature, long second, long useless, Delivery delivery) {
        while (!seconds.isEmpty() && seconds.firstKey() <= useless) {
            forgetFirstSecond();
        }
        if (second <= forgottenUntil) {
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
            forgetFirstSecond();
            full.run();
        }
        return WebhookOutcome.ACCEPTED;
    }

    /**
     * The application did not deal with it after all and says so, so it may come again.
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
                // Not left behind empty: forgetting that second would make no room.
                seconds.remove(second);
            }
        }
        return true;
    }

    /**
     * Its sender got no answer, so it may come again, a few times.
     *
     * @return whether it may
     */
    synchronized boolean releaseUnanswered(String signature, long second, Delivery delivery) {
        Entry entry = entry(signature, second, delivery);
        if (entry == null || !entry.accepted) {
            return false;
        }
        unanswered(entry);
        return !entry.accepted;
    }

    /** Its sender has the answer, so there is nothing to look at any more. */
    synchronized void answered(String signature, long second, Delivery delivery) {
        Entry entry = entry(signature, second, delivery);
        if (entry != null) {
            entry.answered = true;
        }
    }

    /** @return {@code null} if it was forgotten, or if another delivery was accepted since */
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

    private void forgetFirstSecond() {
        Map.Entry<Long, Map<String, Entry>> first = seconds.pollFirstEntry();
        size -= first.getValue().size();
        forgottenUntil = first.getKey();
    }
}
