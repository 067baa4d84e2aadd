package io.quarkiverse.hume.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** Calls that start at a fixed rate, whatever becomes of the earlier ones. */
public final class SteadyLoad {

    /**
     * One call.
     *
     * @param startMillis since the load began
     * @param tookMicros until its answer or failure
     * @param failure {@code null} if there was none
     * @param marked what the marker said when the call started
     */
    public record Call(long startMillis, long tookMicros, Throwable failure, boolean marked) {
    }

    private final List<Call> calls = Collections.synchronizedList(new ArrayList<>());
    private final Runnable call;
    private final BooleanSupplier marker;

    public SteadyLoad(Runnable call, BooleanSupplier marker) {
        this.call = call;
        this.marker = marker;
    }

    /**
     * @param events to happen while the load lasts, each with its moment in milliseconds
     * @return the calls in the order of their starts
     */
    public List<Call> run(int perSecond, int seconds, Event... events) throws InterruptedException {
        return run(perSecond * seconds, Duration.ofSeconds(1).dividedBy(perSecond), events);
    }

    /** As {@link #run(int, int, Event...)}, at a rate that is not a whole number of calls a second. */
    public List<Call> runPerMinute(int perMinute, Duration time) throws InterruptedException {
        Duration interval = Duration.ofMinutes(1).dividedBy(perMinute);
        return run((int) time.dividedBy(interval), interval);
    }

    private List<Call> run(int total, Duration interval, Event... events) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(total);
        AtomicInteger started = new AtomicInteger();
        ExecutorService callers = Executors.newCachedThreadPool();
        ScheduledExecutorService pace = Executors.newScheduledThreadPool(2);
        long begin = System.nanoTime();
        for (Event event : events) {
            pace.schedule(event.action(), event.atMillis(), TimeUnit.MILLISECONDS);
        }
        pace.scheduleAtFixedRate(() -> {
            if (started.getAndIncrement() < total) {
                callers.execute(() -> {
                    try {
                        call(begin);
                    } finally {
                        done.countDown();
                    }
                });
            }
        }, 0, interval.toNanos(), TimeUnit.NANOSECONDS);
        done.await();
        pace.shutdownNow();
        callers.shutdown();
        return calls.stream().sorted((one, other) -> Long.compare(one.startMillis(), other.startMillis())).toList();
    }

    public record Event(long atMillis, Runnable action) {
    }

    private void call(long begin) {
        boolean marked = marker.getAsBoolean();
        long start = System.nanoTime();
        Throwable failure = null;
        try {
            call.run();
        } catch (RuntimeException e) {
            failure = e;
        }
        calls.add(new Call((start - begin) / 1_000_000, (System.nanoTime() - start) / 1_000, failure, marked));
    }

    public static List<Call> failed(List<Call> calls) {
        return calls.stream().filter(call -> call.failure() != null).toList();
    }

    /** @return in milliseconds; of the given share of calls none took longer */
    public static double percentile(List<Call> calls, double share) {
        List<Long> sorted = calls.stream().map(Call::tookMicros).sorted().toList();
        return sorted.isEmpty() ? 0 : sorted.get((int) Math.min(sorted.size() - 1, sorted.size() * share)) / 1_000.0;
    }
}
