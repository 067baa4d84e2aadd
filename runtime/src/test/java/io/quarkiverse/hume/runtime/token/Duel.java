package io.quarkiverse.hume.runtime.token;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Two threads that act within nanoseconds of each other, with either of them first. */
final class Duel implements AutoCloseable {

    private static final int SPREAD = 64;
    private static final int PATIENCE = 500;

    private final ExecutorService second = Executors.newSingleThreadExecutor();
    private int round;

    void fight(Runnable one, Runnable other) throws Exception {
        int lead = round++ % (2 * SPREAD) - SPREAD;
        AtomicInteger ready = new AtomicInteger();
        Future<?> opponent = second.submit(() -> {
            meet(ready, -lead);
            other.run();
        });
        meet(ready, lead);
        one.run();
        opponent.get(30, TimeUnit.SECONDS);
    }

    private static void meet(AtomicInteger ready, int handicap) {
        ready.incrementAndGet();
        for (int spins = 0; ready.get() < 2; spins++) {
            if (spins < PATIENCE) {
                Thread.onSpinWait();
            } else {
                Thread.yield(); // On a busy machine the opponent may need this very core.
            }
        }
        for (int i = 0; i < handicap; i++) {
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        second.shutdownNow();
    }
}
