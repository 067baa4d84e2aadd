package io.quarkiverse.hume.runtime.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sliding window, in simulated time and with many threads. */
class RateLimitTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration LONG = Duration.ofHours(1);

    /** Emulates the limit of Hume: rejects a request if this number of requests has arrived within the last minute. */
    private static final class Server {

        private final int limit;
        private final Deque<Long> accepted = new ArrayDeque<>();
        private int refused;

        private Server(int limit) {
            this.limit = limit;
        }

        private void receive(long at) {
            while (!accepted.isEmpty() && at - accepted.peekFirst() >= MINUTE.toNanos()) {
                accepted.pollFirst();
            }
            if (accepted.size() >= limit) {
                refused++;
            } else {
                accepted.addLast(at);
            }
        }
    }

    /** Calls for ten minutes, at random moments; each takes up to 400 ms to arrive. */
    private static Server tenMinutes(int callsPerMinute, RateLimit limit, long seed, long start) {
        Random random = new Random(seed);
        List<Long> arrivals = new ArrayList<>();
        List<Long> calls = new ArrayList<>();
        for (int i = 0; i < callsPerMinute * 10; i++) {
            calls.add(start + (long) (random.nextDouble() * 10 * MINUTE.toNanos()));
        }
        Collections.sort(calls);
        for (long call : calls) {
            long sent = call;
            if (limit != null) {
                RateLimit.Permit permit = limit.take(call, LONG);
                assertThat(permit.granted()).isTrue();
                sent += permit.delay().toNanos();
            }
            arrivals.add(sent + (long) (random.nextDouble() * Duration.ofMillis(400).toNanos()));
        }
        Server server = new Server(600);
        arrivals.stream().sorted().forEach(server::receive);
        return server;
    }

    @ParameterizedTest
    @ValueSource(longs = { 0, Long.MAX_VALUE - 1_000_000, -42 })
    void moreCallsThanTheLimit_areNeverRejectedByTheServer(long start) {
        for (int seed = 0; seed < 20; seed++) {
            assertThat(tenMinutes(650, new RateLimit(600, CallLimits.WINDOW), seed, start).refused).isZero();
        }
        assertThat(tenMinutes(650, null, 1, start).refused).as("without the limit").isGreaterThan(100);
    }

    @Test
    void permits_areSpreadOverTheWindowAsTheyWereTaken() {
        RateLimit limit = new RateLimit(2, MINUTE);
        assertThat(limit.take(0, LONG).delay()).isZero();
        assertThat(limit.take(Duration.ofSeconds(20).toNanos(), LONG).delay()).isZero();
        assertThat(limit.take(Duration.ofSeconds(30).toNanos(), LONG).delay()).isEqualTo(Duration.ofSeconds(30));
        assertThat(limit.take(Duration.ofSeconds(30).toNanos(), LONG).delay()).isEqualTo(Duration.ofSeconds(50));
        assertThat(limit.take(Duration.ofSeconds(30).toNanos(), LONG).delay()).isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void permitThatIsTooLate_isNotReserved() {
        RateLimit limit = new RateLimit(1, MINUTE);
        limit.take(0, LONG);
        assertThat(limit.take(1, Duration.ofSeconds(10)))
                .isEqualTo(new RateLimit.Permit(false, MINUTE.minusNanos(1)));
        assertThat(limit.take(1, LONG)).isEqualTo(new RateLimit.Permit(true, MINUTE.minusNanos(1)));
    }

    @Test
    void holding_delaysWhatIsFree() {
        RateLimit limit = new RateLimit(10, MINUTE);
        limit.hold(0, Duration.ofSeconds(5));
        limit.hold(0, Duration.ofSeconds(2));
        assertThat(limit.take(Duration.ofSeconds(1).toNanos(), LONG).delay()).isEqualTo(Duration.ofSeconds(4));
        assertThat(limit.take(Duration.ofSeconds(5).toNanos(), LONG).delay()).isZero();
    }

    @Test
    void manyThreads_getEachPermitOnce() throws Exception {
        int threads = 16;
        int each = 250;
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            for (int round = 0; round < 50; round++) {
                RateLimit limit = new RateLimit(100, MINUTE);
                CyclicBarrier barrier = new CyclicBarrier(threads);
                List<Future<List<Long>>> taken = new ArrayList<>();
                for (int i = 0; i < threads; i++) {
                    taken.add(executor.submit(() -> {
                        barrier.await();
                        List<Long> delays = new ArrayList<>();
                        for (int j = 0; j < each; j++) {
                            delays.add(limit.take(0, LONG).delay().toMinutes());
                        }
                        return delays;
                    }));
                }
                int[] perMinute = new int[threads * each / 100];
                for (Future<List<Long>> delays : taken) {
                    delays.get().forEach(minute -> perMinute[minute.intValue()]++);
                }
                assertThat(perMinute).containsOnly(100);
            }
        } finally {
            executor.shutdownNow();
        }
    }
}
