package io.quarkiverse.hume.runtime.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.Test;

class LocalSocketLimitTest {

    private static final Caller ALICE = Caller.user("alice");
    private static final Caller BOB = Caller.user("bob");

    private static SocketLimit.Permit enter(LocalSocketLimit limit, Caller caller) {
        return limit.enter(caller).toCompletableFuture().join();
    }

    @Test
    void eachCaller_hasSoManyAtOnce() {
        LocalSocketLimit limit = new LocalSocketLimit(2);
        SocketLimit.Permit first = enter(limit, ALICE);
        assertThat(enter(limit, ALICE)).isNotNull();
        assertThat(enter(limit, ALICE)).isNull();
        assertThat(enter(limit, BOB)).isNotNull();
        first.release();
        assertThat(enter(limit, ALICE)).isNotNull();
    }

    @Test
    void permit_releasedTwice_countsOnce() {
        LocalSocketLimit limit = new LocalSocketLimit(2);
        SocketLimit.Permit first = enter(limit, ALICE);
        SocketLimit.Permit second = enter(limit, ALICE);
        first.release();
        first.release();
        assertThat(enter(limit, ALICE)).isNotNull();
        assertThat(enter(limit, ALICE)).isNull();
        second.release();
    }

    @Test
    void callersWithoutSockets_areRemoved() {
        LocalSocketLimit limit = new LocalSocketLimit(2);
        SocketLimit.Permit permit = enter(limit, ALICE);
        assertThat(limit.callers()).isEqualTo(1);
        permit.release();
        assertThat(limit.callers()).isZero();
    }

    @Test
    void simultaneousCalls_neverExceedTheLimit() throws Exception {
        int threads = 16;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            for (int round = 0; round < 200; round++) {
                LocalSocketLimit limit = new LocalSocketLimit(5);
                CyclicBarrier start = new CyclicBarrier(threads);
                List<Future<SocketLimit.Permit>> entered = new ArrayList<>();
                for (int i = 0; i < threads; i++) {
                    entered.add(pool.submit(() -> {
                        start.await();
                        return enter(limit, ALICE);
                    }));
                }
                List<SocketLimit.Permit> permits = new ArrayList<>();
                for (Future<SocketLimit.Permit> permit : entered) {
                    permits.add(permit.get());
                }
                assertThat(permits.stream().filter(Objects::nonNull)).hasSize(5);
                permits.stream().filter(Objects::nonNull).forEach(SocketLimit.Permit::release);
                assertThat(limit.callers()).isZero();
            }
        } finally {
            pool.shutdownNow();
        }
    }
}
