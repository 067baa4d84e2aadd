package io.quarkiverse.hume.runtime.token;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicLong;

/** Simulated time that the test advances; due tasks run on the thread that advances it. Thread-safe. */
final class SimulatedTime implements TokenClock, TokenTiming.Scheduler {

    static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

    // Near the overflow: times have to be compared by difference.
    private static final long ORIGIN = Long.MAX_VALUE - Duration.ofMinutes(10).toNanos();

    private final AtomicLong elapsed = new AtomicLong();
    private final AtomicLong wallClockJump = new AtomicLong();
    private final PriorityQueue<Task> tasks = new PriorityQueue<>(Comparator.comparingLong(task -> task.due));

    private record Task(long due, Runnable work) {
    }

    @Override
    public long nanoTime() {
        return ORIGIN + elapsed.get();
    }

    @Override
    public Instant now() {
        return START.plusNanos(elapsed.get() + wallClockJump.get());
    }

    @Override
    public Runnable schedule(Duration delay, Runnable work) {
        Task task = new Task(elapsed.get() + delay.toNanos(), work);
        synchronized (tasks) {
            tasks.add(task);
        }
        return () -> {
            synchronized (tasks) {
                tasks.removeIf(scheduled -> scheduled == task);
            }
        };
    }

    void advance(Duration by) {
        long target = elapsed.get() + by.toNanos();
        for (Task task = due(target); task != null; task = due(target)) {
            elapsed.set(Math.max(elapsed.get(), task.due));
            task.work.run();
        }
        elapsed.set(target);
    }

    /** Sets the wall clock and leaves the monotonic one alone. */
    void jumpWallClock(Duration by) {
        wallClockJump.addAndGet(by.toNanos());
    }

    int scheduled() {
        synchronized (tasks) {
            return tasks.size();
        }
    }

    private Task due(long until) {
        synchronized (tasks) {
            return !tasks.isEmpty() && tasks.peek().due <= until ? tasks.poll() : null;
        }
    }
}
