package io.quarkiverse.hume.runtime.token;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Threads that wait for each other and then act at the same time. */
final class Crowd implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 30;

    private final int size;
    private final ExecutorService threads;
    private final CyclicBarrier start;

    Crowd(int size) {
        this.size = size;
        this.threads = Executors.newFixedThreadPool(size);
        this.start = new CyclicBarrier(size);
    }

    /** All threads do the same. */
    <T> List<T> all(Callable<T> act) throws Exception {
        return act(Collections.nCopies(size, act));
    }

    /** The first threads do these, all others the rest. */
    @SafeVarargs
    final <T> List<T> allBut(Callable<T> rest, Callable<T>... first) throws Exception {
        List<Callable<T>> acts = new ArrayList<>(List.of(first));
        acts.addAll(Collections.nCopies(size - first.length, rest));
        return act(acts);
    }

    private <T> List<T> act(List<Callable<T>> acts) throws Exception {
        List<Future<T>> running = new ArrayList<>();
        for (Callable<T> act : acts) {
            running.add(threads.submit(() -> {
                start.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
                return act.call();
            }));
        }
        List<T> results = new ArrayList<>();
        for (Future<T> result : running) {
            results.add(result.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        }
        return results;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
