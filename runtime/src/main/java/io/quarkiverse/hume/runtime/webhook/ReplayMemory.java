package io.quarkiverse.hume.runtime.webhook;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The signatures that were accepted, by the second they name. Of what is no longer there, it knows the latest second, and
 * accepts nothing that is not later: so nothing is accepted twice, however small the memory is and wherever the clock jumps.
 * Only genuine webhooks get in, so a stranger cannot fill it.
 */
final class ReplayMemory {

    private final int limit;
    private final Runnable full;
    private final TreeMap<Long, Set<String>> seconds = new TreeMap<>();
    private int size;
    private long forgottenUntil = -1;

    /** @param full told each time that something has to be forgotten before its time; must be quick */
    ReplayMemory(int limit, Runnable full) {
        this.limit = limit;
        this.full = full;
    }

    /**
     * @param second when it was signed
     * @param useless the last second that is too old to be asked about again
     */
    synchronized WebhookVerdict accept(String signature, long second, long useless) {
        while (!seconds.isEmpty() && seconds.firstKey() <= useless) {
            forgetFirstSecond();
        }
        if (second <= forgottenUntil) {
            return WebhookVerdict.FORGOTTEN;
        }
        if (!seconds.computeIfAbsent(second, unused -> new HashSet<>()).add(signature)) {
            return WebhookVerdict.REPLAYED;
        }
        size++;
        if (size > limit) {
            forgetFirstSecond();
            full.run();
        }
        return WebhookVerdict.ACCEPTED;
    }

    /** It was not dealt with after all, and may come again. */
    synchronized void release(String signature, long second) {
        Set<String> signatures = seconds.get(second);
        if (signatures != null && signatures.remove(signature)) {
            size--;
        }
    }

    synchronized int size() {
        return size;
    }

    private void forgetFirstSecond() {
        Map.Entry<Long, Set<String>> first = seconds.pollFirstEntry();
        size -= first.getValue().size();
        forgottenUntil = first.getKey();
    }
}
