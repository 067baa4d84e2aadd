package io.quarkiverse.hume.runtime.access;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Limits the number of sockets that a caller has open at the same time in this process. Stores only callers that have open
 * sockets.
 */
public final class LocalSocketLimit implements SocketLimit {

    private final int limit;
    private final Map<Caller, Integer> open = new ConcurrentHashMap<>();

    /** @param limit the number of sockets of each caller, at least 1 */
    public LocalSocketLimit(int limit) {
        this.limit = limit;
    }

    @Override
    public CompletionStage<Permit> enter(Caller caller) {
        AtomicBoolean admitted = new AtomicBoolean();
        open.compute(caller, (known, sockets) -> {
            int held = sockets == null ? 0 : sockets;
            admitted.set(held < limit);
            return admitted.get() ? Integer.valueOf(held + 1) : sockets;
        });
        return CompletableFuture.completedFuture(admitted.get() ? permit(caller) : null);
    }

    private Permit permit(Caller caller) {
        AtomicBoolean released = new AtomicBoolean();
        return () -> {
            if (released.compareAndSet(false, true)) {
                open.computeIfPresent(caller, (known, sockets) -> sockets == 1 ? null : sockets - 1);
            }
        };
    }

    /** The number of callers that have open sockets. */
    int callers() {
        return open.size();
    }
}
