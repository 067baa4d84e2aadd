package io.quarkiverse.hume.runtime.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

/** The limits for unverified bodies, for each body and for all of them. */
class UnverifiedBodiesTest {

    private static final int LIMIT = 100_000;
    private static final int EMPTY = PendingBody.REQUEST_BYTES;

    private final UnverifiedBodies bodies = new UnverifiedBodies(LIMIT);
    private final List<String> events = new ArrayList<>();

    private PendingBody body(String name, int limit) {
        PendingBody body = new PendingBody(limit, bodies, () -> events.add(name + " COMPLETE"),
                outcome -> events.add(name + " " + outcome));
        body.begin();
        return body;
    }

    private static ByteBuffer bytes(int size) {
        return ByteBuffer.wrap("x".repeat(size).getBytes());
    }

    @Test
    void body_inParts_isPutTogether() {
        PendingBody body = body("a", 50_000);
        for (int i = 0; i < 1_000; i++) {
            assertThat(body.add(ByteBuffer.wrap(("part " + i % 10).getBytes()))).isTrue();
        }
        assertThat(bodies.size()).isEqualTo(EMPTY + 8_192);
        body.done();
        assertThat(events).containsExactly("a COMPLETE");
        assertThat(body.bytes()).hasSize(6_000).startsWith("part 0part 1part 2".getBytes());
        assertThat(body.decide()).isTrue();
        assertThat(body.decide()).isFalse();
        assertThat(bodies.size()).isZero();
    }

    @Test
    void body_largerThanItsLimit_isRejectedOnce() {
        PendingBody body = body("a", 10_000);
        assertThat(body.add(bytes(10_000))).isTrue();
        assertThat(body.add(bytes(1))).isFalse();
        assertThat(body.add(bytes(1))).isFalse();
        body.done();
        body.late();
        body.displaced();
        assertThat(events).containsExactly("a TOO_LARGE");
        assertThat(bodies.size()).isZero();
        assertThat(body.bytes()).isEmpty();
    }

    @Test
    void body_exactlyAsLargeAsItsLimit_takesNoMore() {
        PendingBody body = body("a", 9_999);
        body.add(bytes(9_999));
        assertThat(bodies.size()).isEqualTo(EMPTY + 9_999);
        body.done();
        assertThat(events).containsExactly("a COMPLETE");
    }

    @Test
    void body_late_isRejectedUnlessItIsComplete() {
        body("a", 10_000).late();
        PendingBody complete = body("b", 10_000);
        complete.done();
        complete.late();
        assertThat(events).containsExactly("a TIMED_OUT", "b COMPLETE");
    }

    @Test
    void senderThatLeft_freesItsShare() {
        PendingBody body = body("a", 10_000);
        body.add(bytes(5_000));
        assertThat(body.decide()).isTrue();
        assertThat(bodies.size()).isZero();
        body.add(bytes(5_000));
        body.done();
        assertThat(events).isEmpty();
        assertThat(bodies.size()).isZero();
    }

    @Test
    void limitReached_oldestIsEvicted() {
        PendingBody first = body("first", 50_000);
        first.add(bytes(30_000));
        PendingBody second = body("second", 50_000);
        second.add(bytes(30_000));
        PendingBody third = body("third", 50_000);
        third.add(bytes(20_000));
        assertThat(events).containsExactly("first NO_ROOM");
        assertThat(first.add(bytes(1))).isFalse();
        second.done();
        third.done();
        assertThat(events).containsExactly("first NO_ROOM", "second COMPLETE", "third COMPLETE");
        assertThat(bodies.size()).isLessThanOrEqualTo(LIMIT);
    }

    @Test
    void oldest_takesMore_theNextOldestIsEvicted() {
        PendingBody first = body("first", 90_000);
        PendingBody second = body("second", 90_000);
        second.add(bytes(50_000));
        first.add(bytes(50_000));
        assertThat(events).containsExactly("second NO_ROOM");
    }

    @Test
    void requestsWithoutBody_countToo() {
        for (int i = 0; i < 1_000; i++) {
            body("r" + i, 10);
        }
        assertThat(bodies.size()).isLessThanOrEqualTo(LIMIT);
        assertThat(events).hasSize(1_000 - LIMIT / EMPTY);
    }

    @Test
    void body_largerThanTheWholeLimit_isRejectedAndEvictsNoOther() {
        PendingBody first = body("first", 10);
        PendingBody second = body("second", 200_000);
        second.add(bytes(150_000));
        assertThat(events).containsExactly("second NO_ROOM");
        first.done();
        assertThat(events).containsExactly("second NO_ROOM", "first COMPLETE");
    }

    /** While 200 senders stall, every other webhook, sent by one of many threads, is completed. */
    @Test
    void manyThreads_neverMoreThanTheLimit_andEachWebhookEndsOnce() throws Exception {
        UnverifiedBodies room = new UnverifiedBodies(4_000_000);
        int threads = 16;
        CyclicBarrier start = new CyclicBarrier(threads);
        ExecutorService senders = Executors.newFixedThreadPool(threads);
        AtomicInteger ends = new AtomicInteger();
        AtomicInteger begun = new AtomicInteger();
        for (int i = 0; i < 200; i++) {
            PendingBody stalled = new PendingBody(1_000_000, room, () -> {
            }, outcome -> ends.incrementAndGet());
            stalled.begin();
            stalled.add(bytes(100_000));
            begun.incrementAndGet();
        }
        List<Future<Integer>> results = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            results.add(senders.submit(() -> {
                start.await();
                int complete = 0;
                for (int j = 0; j < 500; j++) {
                    boolean[] done = new boolean[1];
                    PendingBody body = new PendingBody(1_000_000, room, () -> done[0] = true,
                            outcome -> ends.incrementAndGet());
                    begun.incrementAndGet();
                    body.begin();
                    for (int part = ThreadLocalRandom.current().nextInt(10); part > 0; part--) {
                        body.add(bytes(10_000));
                    }
                    body.done();
                    assertThat(room.size()).isLessThanOrEqualTo(4_000_000);
                    if (body.decide()) {
                        ends.incrementAndGet();
                        complete += done[0] ? 1 : 0;
                    }
                }
                return complete;
            }));
        }
        int complete = 0;
        for (Future<Integer> result : results) {
            complete += result.get();
        }
        senders.shutdown();
        assertThat(complete).isEqualTo(threads * 500);
        assertThat(room.size()).isLessThanOrEqualTo(4_000_000);
        assertThat(ends.get()).isLessThanOrEqualTo(begun.get());
    }
}
