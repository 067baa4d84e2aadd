package io.quarkiverse.hume.runtime.webhook;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

import io.quarkiverse.hume.runtime.event.AccountListener.WebhookOutcome;

/**
 * The signatures that were accepted, by the second they name. Of what is no longer there, it knows the latest second, and
 * accepts nothing that is not later: so nothing is accepted twice, however small the memory is and wherever the clock jumps.
 * Only genuine webhooks get in, so a stranger cannot fill it.
 */
final class ReplayMemory {

    /** Who has a genuine webhook and closes each connection early must not have it handled any number of times. */
    static final int MAX_UNANSWERED = 5;

    private final int limit;
    private final Runnable full;
    private final TreeMap<Long, Map<String, Delivery>> seconds = new TreeMap<>();
    private int size;
    private long forgottenUntil = -1;

    private static final class Delivery {
        private boolean accepted;
        private int unanswered;
        private BooleanSupplier lost;
    }

    /** @param full called each time that something has to be forgotten before its time; must be quick */
    ReplayMemory(int limit, Runnable full) {
        this.limit = limit;
        this.full = full;
    }

    /**
     * @param second when it was signed
     * @param useless the last second that is too old to be asked about again
     * @param lost whether the answer to this delivery can no longer reach its sender; asked when the same one comes again, and
     *        must be quick. Not every way to end a connection is reported, so it has to be looked at
     */
    synchronized WebhookOutcome accept(String signature, long second, long useless, BooleanSupplier lost) {
        while (!seconds.isEmpty() && seconds.firstKey() <= useless) {
            forgetFirstSecond();
        }
        if (second <= forgottenUntil) {
            return WebhookOutcome.FORGOTTEN;
        }
        Map<String, Delivery> deliveries = seconds.computeIfAbsent(second, unused -> new HashMap<>());
        Delivery delivery = deliveries.get(signature);
        if (delivery == null) {
            delivery = new Delivery();
            deliveries.put(signature, delivery);
            size++;
        } else {
            if (delivery.accepted && delivery.lost != null && delivery.lost.getAsBoolean()) {
                unanswered(delivery);
            }
            if (delivery.accepted) {
                return WebhookOutcome.REPLAYED;
            }
        }
        delivery.accepted = true;
        delivery.lost = lost;
        if (size > limit) {
            forgetFirstSecond();
            full.run();
        }
        return WebhookOutcome.ACCEPTED;
    }

    /** The application did not deal with it after all and says so, so it may come again. */
    synchronized void release(String signature, long second) {
        Map<String, Delivery> deliveries = seconds.get(second);
        Delivery delivery = deliveries == null ? null : deliveries.get(signature);
        if (delivery == null) {
            return;
        }
        delivery.accepted = false;
        if (delivery.unanswered == 0) {
            deliveries.remove(signature);
            size--;
            if (deliveries.isEmpty()) {
                // Not left behind empty: forgetting that second would make no room.
                seconds.remove(second);
            }
        }
    }

    /** Its sender got no answer, so it may come again, a few times. */
    synchronized void releaseUnanswered(String signature, long second) {
        Map<String, Delivery> deliveries = seconds.get(second);
        Delivery delivery = deliveries == null ? null : deliveries.get(signature);
        if (delivery != null && delivery.accepted) {
            unanswered(delivery);
        }
    }

    /** Its sender has the answer, so there is nothing to look at any more. */
    synchronized void answered(String signature, long second) {
        Map<String, Delivery> deliveries = seconds.get(second);
        Delivery delivery = deliveries == null ? null : deliveries.get(signature);
        if (delivery != null) {
            delivery.lost = null;
        }
    }

    private static void unanswered(Delivery delivery) {
        delivery.lost = null;
        if (delivery.unanswered < MAX_UNANSWERED) {
            delivery.unanswered++;
            delivery.accepted = false;
        }
    }

    synchronized int size() {
        return size;
    }

    private void forgetFirstSecond() {
        Map.Entry<Long, Map<String, Delivery>> first = seconds.pollFirstEntry();
        size -= first.getValue().size();
        forgottenUntil = first.getKey();
    }
}
