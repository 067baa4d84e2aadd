package io.quarkiverse.hume.benchmark;

import java.io.Closeable;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;

import org.jboss.resteasy.reactive.client.api.QuarkusRestClientProperties;

import com.sun.management.ThreadMXBean;

import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;

/**
 * Measures calls to the local server in the same process, authenticated in four ways, and prints medians and ratios.
 * <p>
 * The throughput of a connection depends more on which event loops the connection, its caller and the server share than on the
 * authentication. Event loops are assigned in turn. Therefore each round creates new clients with new connections, and calls
 * the four clients in another order, so that the event loops are distributed evenly. A ratio compares a client with the client
 * without authentication in the same round.
 */
final class ThroughputComparison {

    private static final int WARM_UP_ROUNDS = 12;
    private static final int ROUNDS = 48;
    private static final long ROUND_NANOS = 250_000_000L;

    /** The time before each measurement in which the connections of the round are opened. */
    private static final long OPENING_NANOS = 50_000_000L;

    private static final String NONE = "none";
    private static final LongAdder CALLER_BYTES = new LongAdder();
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** The results of one round with one client. */
    private record Round(double callsPerSecond, double bytesPerCall) {
    }

    private final Map<String, Class<? extends Clients.Configs>> clients = new LinkedHashMap<>();

    /** The seed is fixed, so that every run uses the same orders. */
    private final Random random = new Random(1);

    ThroughputComparison() {
        clients.put(NONE, Clients.Plain.class);
        clients.put("static header", Clients.StaticHeader.class);
        clients.put("oidc-filter", Clients.Alternative.class);
        clients.put("quarkus-hume", Clients.Ours.class);
    }

    void print() throws Exception {
        System.out.println("\n| Callers | Authentication | Calls/s (median) | of none (median and quartiles of " + ROUNDS
                + " rounds) | Latency (µs) | Bytes per call over none |\n|---|---|---|---|---|---|");
        for (boolean reactive : new boolean[] { false, true }) {
            for (int callers : new int[] { 1, 32 }) {
                compare(reactive, callers);
            }
        }
    }

    private void compare(boolean reactive, int callers) throws Exception {
        Map<String, List<Round>> rounds = new LinkedHashMap<>();
        clients.keySet().forEach(name -> rounds.put(name, new ArrayList<>()));
        List<String> order = new ArrayList<>(clients.keySet());
        for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
            Collections.shuffle(order, random);
            for (String name : order) {
                Round measured = round(clients.get(name), reactive, callers);
                if (round >= 0) {
                    rounds.get(name).add(measured);
                }
            }
        }
        List<Round> none = rounds.get(NONE);
        double bytes = quartile(2, none.stream().map(Round::bytesPerCall).toList());
        rounds.forEach((name, measured) -> {
            double calls = quartile(2, measured.stream().map(Round::callsPerSecond).toList());
            List<Double> ratios = new ArrayList<>();
            for (int i = 0; i < ROUNDS; i++) {
                ratios.add(measured.get(i).callsPerSecond() / none.get(i).callsPerSecond());
            }
            System.out.println(String.format(Locale.ROOT, "| %d, %s | %s | %.0f | %.2f (%.2f to %.2f) | %.0f | %+.0f |",
                    callers, reactive ? "Uni" : "blocking", name, calls, quartile(2, ratios), quartile(1, ratios),
                    quartile(3, ratios), 1e6 * callers / calls,
                    quartile(2, measured.stream().map(Round::bytesPerCall).toList()) - bytes));
        });
    }

    private static <T extends Clients.Configs> Round round(Class<T> type, boolean reactive, int callers) throws Exception {
        T client = QuarkusRestClientBuilder.newBuilder().baseUri(URI.create(System.getProperty("benchmark.url")))
                .property(QuarkusRestClientProperties.CONNECTION_POOL_SIZE, 200).build(type);
        try (Closeable closing = (Closeable) client) {
            round(client, reactive, callers, OPENING_NANOS);
            return round(client, reactive, callers, ROUND_NANOS);
        }
    }

    private static Round round(Clients.Configs client, boolean reactive, int callers, long nanos)
            throws InterruptedException {
        LongAdder calls = new LongAdder();
        CountDownLatch done = new CountDownLatch(callers);
        long bytes = allocated();
        long start = System.nanoTime();
        for (int i = 0; i < callers; i++) {
            Thread caller = new Thread(() -> {
                while (System.nanoTime() - start < nanos) {
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

    /**
     * Returns the bytes allocated by threads that exist before and after a round, which are the event loops of client and
     * server. Each caller adds its own bytes when it ends.
     */
    private static long allocated() {
        long sum = 0;
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("vert.x-")) {
                sum += THREADS.getThreadAllocatedBytes(thread.getId());
            }
        }
        return sum;
    }

    private static double quartile(int which, List<Double> values) {
        return values.stream().sorted().toList().get(which * (values.size() - 1) / 4);
    }
}
