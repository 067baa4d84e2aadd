package io.quarkiverse.hume.runtime.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalRequestLimitTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Caller ALICE = Caller.user("alice");

    // Near the end of its range, since System.nanoTime() may start anywhere.
    private long now = Long.MAX_VALUE - Duration.ofSeconds(90).toNanos();

    private LocalRequestLimit limit(int limit, int maxCallers) {
        return new LocalRequestLimit(limit, MINUTE, maxCallers, () -> now);
    }

    private static Duration admit(RequestLimit limit, Caller caller) {
        return limit.admit(caller).toCompletableFuture().join();
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    @Test
    void admit_overTheLimit_saysExactlyHowLongToWait() {
        RequestLimit limit = limit(2, 10);
        assertThat(admit(limit, ALICE)).isZero();
        pass(Duration.ofSeconds(20));
        assertThat(admit(limit, ALICE)).isZero();
        assertThat(admit(limit, ALICE)).isEqualTo(Duration.ofSeconds(40));
        pass(Duration.ofSeconds(40).minusNanos(1));
        assertThat(admit(limit, ALICE)).isEqualTo(Duration.ofNanos(1));
        pass(Duration.ofNanos(1));
        assertThat(admit(limit, ALICE)).isZero();
        assertThat(admit(limit, ALICE)).as("until the second is a minute old").isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void admit_rejected_doesNotCount() {
        RequestLimit limit = limit(1, 10);
        admit(limit, ALICE);
        for (int i = 0; i < 1_000; i++) {
            assertThat(admit(limit, ALICE)).isPositive();
            pass(Duration.ofMillis(59));
        }
        pass(Duration.ofSeconds(1));
        assertThat(admit(limit, ALICE)).isZero();
    }

    /** 20 callers for an hour: no 60 seconds have more than the limit, and each wait is the exact one. */
    @ParameterizedTest
    @ValueSource(ints = { 1, 2, 5, 10, 1000 })
    void anyMinute_hasAtMostTheLimit(int most) {
        Random random = new Random(most);
        RequestLimit limit = limit(most, 20);
        Map<Caller, List<Long>> admitted = new HashMap<>();
        for (int i = 0; i < 40_000; i++) {
            // In bursts and pauses.
            now += random.nextInt(50) == 0 ? random.nextLong(MINUTE.toNanos()) : random.nextLong(1_000_000_000L / most + 2);
            Caller caller = Caller.user("user" + random.nextInt(most > 100 ? 1 : 20));
            List<Long> times = admitted.computeIfAbsent(caller, unknown -> new ArrayList<>());
            long wait = admit(limit, caller).toNanos();
            if (wait == 0) {
                assertThat(times.size() < most || now - times.get(times.size() - most) >= MINUTE.toNanos()).isTrue();
                times.add(now);
            } else {
                assertThat(wait).isEqualTo(times.get(times.size() - most) + MINUTE.toNanos() - now);
            }
        }
    }

    @Test
    void simultaneousRequests_areCountedOneByOne() throws Exception {
        RequestLimit limit = limit(100, 10);
        int threads = 32;
        CyclicBarrier start = new CyclicBarrier(threads);
        ExecutorService callers = Executors.newFixedThreadPool(threads);
        List<Future<Integer>> counts = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            counts.add(callers.submit(() -> {
                start.await();
                int admitted = 0;
                for (int j = 0; j < 50; j++) {
                    admitted += admit(limit, ALICE).isZero() ? 1 : 0;
                }
                return admitted;
            }));
        }
        int all = 0;
        for (Future<Integer> count : counts) {
            all += count.get();
        }
        callers.shutdown();
        assertThat(all).isEqualTo(100);
    }

    @Test
    void strangers_displaceNoUser() {
        LocalRequestLimit limit = limit(1, 3);
        admit(limit, ALICE);
        for (int i = 0; i < 10_000; i++) {
            admit(limit, Caller.address("10." + i / 65_536 + "." + i / 256 % 256 + "." + i % 256));
        }
        assertThat(admit(limit, ALICE)).isPositive();
        assertThat(limit.callers()).isEqualTo(4);
        assertThat(admit(limit, Caller.address("alice"))).as("an address of the same name").isZero();
    }

    @Test
    void tooManyUsers_leastRecentlySeenAreRemoved() {
        LocalRequestLimit limit = limit(1, 3);
        for (String name : new String[] { "a", "b", "c" }) {
            admit(limit, Caller.user(name));
        }
        assertThat(admit(limit, Caller.user("a"))).isPositive();
        admit(limit, Caller.user("d"));
        assertThat(admit(limit, Caller.user("a"))).as("asked lately, so still known").isPositive();
        assertThat(admit(limit, Caller.user("b"))).isZero();
        assertThat(limit.callers()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({ "192.0.2.1, 192.0.2.1", "::ffff:192.0.2.1, 192.0.2.1", "::FFFF:c000:201, 192.0.2.1",
            "0:0:0:0:0:ffff:192.0.2.1, 192.0.2.1", "[::ffff:192.0.2.1], 192.0.2.1", "2001:db8:1:2::1, 2001:db8:1:2::/64",
            "2001:DB8:1:2:ffff:ffff:ffff:ffff, 2001:db8:1:2::/64", "[2001:db8:1:2::9], 2001:db8:1:2::/64",
            "2001:db8:1:2::9%eth0, 2001:db8:1:2::/64", "2001:db8:1:3::1, 2001:db8:1:3::/64",
            "fe80::1%lo, fe80::/64", "::1, ::/64", "not-an-address, not-an-address",
            "' 192.0.2.1 ', 192.0.2.1" })
    void address_isCountedByItsNetwork(String address, String network) {
        assertThat(Caller.address(address).name()).isEqualTo(network);
        assertThat(Caller.address(address).signedIn()).isFalse();
    }

    @Test
    void unknownAddress_isOneCaller() {
        assertThat(Caller.address(null)).isEqualTo(Caller.address(null));
    }
}
