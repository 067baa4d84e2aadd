package io.quarkiverse.hume.benchmark;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;

import com.sun.management.ThreadMXBean;

/** Calls against the local server in the same process, authenticated in four ways by turns; prints medians and ratios. */
final class ThroughputComparison {

    private static final int WARM_UP_ROUNDS = 6;
    private static final int ROUNDS = 9;
    private static final long ROUND_NANOS = 1_000_000_000L;
    private static final LongAdder CALLER_BYTES = new LongAdder();
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** What one round of one client gave. */
    private record Round(double callsPerSecond, double bytesPerCall) {
    }

    private final Map<String, Clients.Configs> clients = new LinkedHashMap<>();

    ThroughputComparison(RunningApplication application) {
        clients.put("none", application.plain);
        clients.put("static header", application.staticHeader);
        clients.put("oidc-filter", application.alternative);
        clients.put("quarkus-hume", application.ours);
    }

    void print() throws InterruptedException {
        System.out
                .println("\n| Callers | Authentication | Calls/s (median) | of none | Latency (µs) | Bytes per call over none |"
                        + "\n|---|---|---|---|---|---|");
        for (boolean reactive : new boolean[] { false, true }) {
            for (int callers : new int[] { 1, 32 }) {
                compare(reactive, callers);
            }
        }
    }

    private void compare(boolean reactive, int callers) throws InterruptedException {
        Map<String, List<Round>> rounds = new LinkedHashMap<>();
        for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
            for (Map.Entry<String, Clients.Configs> client : clients.entrySet()) {
                Round measured = round(client.getValue(), reactive, callers);
                if (round >= 0) {
                    rounds.computeIfAbsent(client.getKey(), name -> new ArrayList<>()).add(measured);
                }
            }
        }
        double floor = median(rounds.get("none").stream().map(Round::callsPerSecond).toList());
        double bytes = median(rounds.get("none").stream().map(Round::bytesPerCall).toList());
        rounds.forEach((name, measured) -> {
            double calls = median(measured.stream().map(Round::callsPerSecond).toList());
            System.out.println(String.format(Locale.ROOT, "| %d, %s | %s | %.0f | %.2f | %.0f | %+.0f |", callers,
                    reactive ? "Uni" : "blocking", name, calls, calls / floor, 1e6 * callers / calls,
                    median(measured.stream().map(Round::bytesPerCall).toList()) - bytes));
        });
    }

    private static Round round(Clients.Configs client, boolean reactive, int callers) throws InterruptedException {
        LongAdder calls = new LongAdder();
        CountDownLatch done = new CountDownLatch(callers);
        long bytes = allocated();
        long start = System.nanoTime();
        for (int i = 0; i < callers; i++) {
            Thread caller = new Thread(() -> {
                while (System.nanoTime() - start < ROUND_NANOS) {
                    if (reactive) {
                        client.uni().await().indefinitely();
                    } else {
                        client.get();
                    }
                    calls.increment();
                }
                CALLER_BYTES.add(THREADS.getCurrentThreadAllocatedBytes());
                done.countDown();
            });
            caller.start();
        }
        done.await();
        double seconds = (System.nanoTime() - start) / 1e9;
        long allocated = allocated() - bytes + CALLER_BYTES.sumThenReset();
        return new Round(calls.sum() / seconds, (double) allocated / calls.sum());
    }

    /** By the threads that live through a round: event loops of client and server. The callers add their own at their ends. */
    private static long allocated() {
        long sum = 0;
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("vert.x-")) {
                sum += THREADS.getThreadAllocatedBytes(thread.getId());
            }
        }
        return sum;
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
