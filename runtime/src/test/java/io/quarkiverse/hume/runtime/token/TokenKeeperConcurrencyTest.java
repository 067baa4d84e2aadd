package io.quarkiverse.hume.runtime.token;

import static io.quarkiverse.hume.runtime.token.KeeperHarness.DELAY;
import static io.quarkiverse.hume.runtime.token.KeeperHarness.LIFETIME;
import static io.quarkiverse.hume.runtime.token.KeeperHarness.TIMEOUT;
import static io.quarkiverse.hume.runtime.token.KeeperHarness.failure;
import static io.quarkiverse.hume.runtime.token.KeeperHarness.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.quarkiverse.hume.AccessToken;
import io.quarkiverse.hume.HumeAuthenticationException.Reason;

class TokenKeeperConcurrencyTest {

    private static final int CALLERS = 1000;
    private static final int REPETITIONS = 1000;
    private static final Duration MARGIN = Duration.ofSeconds(3);

    private static Crowd many;
    private static Crowd few;

    @BeforeAll
    static void gather() {
        many = new Crowd(CALLERS);
        few = new Crowd(16);
    }

    @AfterAll
    static void dismiss() {
        many.close();
        few.close();
    }

    @Test
    void get_thousandCallersCold_oneRequestAndNoFailure() throws Exception {
        for (int repetition = 0; repetition < 10; repetition++) {
            KeeperHarness harness = silent();
            List<CompletableFuture<AccessToken>> got = many.all(() -> future(harness.keeper.get()));
            assertThat(harness.source.requests()).isEqualTo(1);
            AccessToken token = harness.source.succeed("a", LIFETIME);
            assertThat(got).hasSize(CALLERS).allSatisfy(caller -> assertThat(caller.join()).isSameAs(token));
            harness.source.assertNeverTwoUnderWay();
        }
    }

    @Test
    void get_thousandCallersWhileTheAnswerArrives_oneRequestAndNoFailure() throws Exception {
        for (int repetition = 0; repetition < 10; repetition++) {
            KeeperHarness harness = silent();
            List<CompletableFuture<AccessToken>> got = many.allBut(() -> future(harness.keeper.get()),
                    answering(harness, "a", 1));
            assertOneToken(harness, got, 1);
        }
    }

    @Test
    void get_thousandCallersAtExpiry_oneRequestAndNoFailure() throws Exception {
        KeeperHarness harness = silent();
        harness.acquired("first");
        for (int repetition = 1; repetition <= 20; repetition++) {
            harness.time.advance(LIFETIME.minus(MARGIN));
            List<CompletableFuture<AccessToken>> got = many.all(() -> future(harness.keeper.get()));
            assertThat(harness.source.requests()).isEqualTo(repetition + 1);
            AccessToken token = harness.source.succeed("renewed-" + repetition, LIFETIME);
            assertThat(got).allSatisfy(caller -> assertThat(caller.join()).isSameAs(token));
        }
        harness.source.assertNeverTwoUnderWay();
    }

    @Test
    void get_atTheInstantOfExpiry_oneRequestAndNoFailureEachTime() throws Exception {
        KeeperHarness harness = silent();
        AccessToken held = harness.acquired("0");
        for (int repetition = 1; repetition <= REPETITIONS; repetition++) {
            harness.time.advance(LIFETIME.minus(MARGIN).minusNanos(1));
            String value = Integer.toString(repetition);
            Callable<CompletableFuture<AccessToken>> call = () -> future(harness.keeper.get());
            List<CompletableFuture<AccessToken>> got = few.allBut(call, answering(harness, value, repetition + 1), () -> {
                harness.time.advance(Duration.ofNanos(1));
                return future(harness.keeper.get());
            });
            AccessToken renewed = harness.keeper.current();
            assertThat(renewed.value()).isEqualTo(value);
            assertThat(harness.source.requests()).isEqualTo(repetition + 1);
            Set<AccessToken> possible = Set.of(held, renewed);
            assertThat(got).allSatisfy(caller -> assertThat(possible).contains(caller.getNow(null)));
            held = renewed;
        }
        harness.source.assertNeverTwoUnderWay();
    }

    @Test
    void current_whenStale_oneRequestAndOldTokenEachTime() throws Exception {
        KeeperHarness harness = silent();
        AccessToken held = harness.acquired("0");
        for (int repetition = 1; repetition <= REPETITIONS; repetition++) {
            harness.time.advance(LIFETIME.minus(KeeperHarness.REFRESH_BEFORE));
            List<AccessToken> got = few.allBut(harness.keeper::current, () -> {
                harness.keeper.tick();
                return harness.keeper.current();
            });
            assertThat(harness.source.requests()).isEqualTo(repetition + 1);
            assertThat(Set.copyOf(got)).containsExactly(held);
            held = harness.source.succeed(Integer.toString(repetition), LIFETIME);
        }
        harness.source.assertNeverTwoUnderWay();
    }

    @Test
    void reject_hundredCallersRejectTheSameToken_oneRequest() throws Exception {
        try (Crowd hundred = new Crowd(100)) {
            for (int repetition = 0; repetition < 100; repetition++) {
                KeeperHarness harness = silent();
                AtomicInteger rejections = new AtomicInteger();
                harness.listener = new TokenListener() {
                    @Override
                    public void rejected() {
                        rejections.incrementAndGet();
                    }
                };
                AccessToken token = harness.acquired("a");
                List<CompletableFuture<AccessToken>> got = hundred.allBut(() -> {
                    harness.keeper.reject(token);
                    return future(harness.keeper.get());
                }, answering(harness, "b", 2));
                assertOneToken(harness, got, 2);
                assertThat(rejections).hasValue(1);
            }
        }
    }

    @Test
    void request_failsWhileCallersArrive_allFailAndBackoffHolds() throws Exception {
        for (int repetition = 0; repetition < REPETITIONS; repetition++) {
            KeeperHarness harness = silent();
            List<CompletableFuture<AccessToken>> got = few.allBut(() -> future(harness.keeper.get()), () -> {
                CompletableFuture<AccessToken> mine = future(harness.keeper.get());
                awaitRequest(harness, 1);
                harness.source.fail(failure(Reason.CREDENTIALS_REJECTED));
                return mine;
            });
            assertThat(got).allSatisfy(
                    caller -> assertThat(failureOf(caller).reason()).isEqualTo(Reason.CREDENTIALS_REJECTED));
            assertThat(harness.source.requests()).isEqualTo(1);
            assertThat(harness.keeper.status().failures()).isEqualTo(1);
            harness.time.advance(DELAY);
            assertThat(future(harness.keeper.get())).isNotDone();
        }
    }

    @Test
    void success_racingWithDeadline_oneOfThemCounts() throws Exception {
        for (int repetition = 0; repetition < REPETITIONS; repetition++) {
            KeeperHarness harness = silent();
            CompletableFuture<AccessToken> waiting = future(harness.keeper.get());
            AccessToken token = AccessToken.of("a", harness.time.now(), LIFETIME);
            few.allBut(() -> null, () -> harness.source.last().complete(token), () -> {
                harness.time.advance(TIMEOUT);
                return true;
            });
            boolean succeeded = !waiting.isCompletedExceptionally();
            assertThat(waiting).isDone();
            assertThat(harness.keeper.current()).isEqualTo(succeeded ? token : null);
            assertThat(harness.keeper.status().failures()).isEqualTo(succeeded ? 0 : 1);
            assertThat(harness.time.scheduled()).isZero();
        }
    }

    @Test
    void success_racingWithClose_callersCompleteAndNothingIsLeft() throws Exception {
        for (int repetition = 0; repetition < REPETITIONS; repetition++) {
            KeeperHarness harness = silent();
            CompletableFuture<AccessToken> waiting = future(harness.keeper.get());
            AccessToken token = AccessToken.of("a", harness.time.now(), LIFETIME);
            List<CompletableFuture<AccessToken>> got = few.allBut(() -> future(harness.keeper.get()), () -> {
                harness.source.last().complete(token);
                return waiting;
            }, () -> {
                harness.keeper.close();
                return future(harness.keeper.get());
            });
            assertThat(got).allSatisfy(caller -> assertTokenOrClosed(caller, token));
            assertThat(got.get(1)).as("after the close").isCompletedExceptionally();
            assertThat(harness.keeper.current()).isNull();
            assertThat(harness.source.requests()).isEqualTo(1);
            assertThat(harness.source.underWay()).isFalse();
            assertThat(harness.time.scheduled()).isZero();
        }
    }

    @Test
    void close_racingWithFirstCallers_abandonsWhateverStarted() throws Exception {
        for (int repetition = 0; repetition < REPETITIONS; repetition++) {
            KeeperHarness harness = silent();
            List<CompletableFuture<AccessToken>> got = few.allBut(() -> future(harness.keeper.get()), () -> {
                harness.keeper.close();
                return future(harness.keeper.get());
            });
            assertThat(got).allSatisfy(caller -> assertThat(failureOf(caller).reason()).isEqualTo(Reason.CLOSED));
            assertThat(harness.source.underWay()).isFalse();
            assertThat(harness.time.scheduled()).isZero();
        }
    }

    @Test
    void success_racingWithCredentialsChanged_newTokenWins() throws Exception {
        for (int repetition = 0; repetition < REPETITIONS; repetition++) {
            KeeperHarness harness = silent();
            CompletableFuture<AccessToken> waiting = future(harness.keeper.get());
            AccessToken old = AccessToken.of("old", harness.time.now(), LIFETIME);
            List<CompletableFuture<AccessToken>> got = few.allBut(() -> future(harness.keeper.get()), () -> {
                harness.source.last().complete(old);
                return waiting;
            }, () -> {
                harness.keeper.credentialsChanged();
                return waiting;
            });
            assertThat(harness.source.requests()).isEqualTo(2);
            AccessToken renewed = harness.source.succeed("new", LIFETIME);
            Set<AccessToken> possible = Set.of(old, renewed);
            assertThat(got).allSatisfy(caller -> assertThat(possible).contains(caller.getNow(null)));
            assertThat(harness.keeper.current()).isSameAs(renewed);
            harness.source.assertNeverTwoUnderWay();
        }
    }

    private static KeeperHarness silent() {
        KeeperHarness harness = new KeeperHarness();
        // The harness notes events in a plain list.
        harness.listener = TokenListener.NONE;
        return harness;
    }

    /** A caller who also plays the token endpoint: answers as soon as the request with this number is there. */
    private static Callable<CompletableFuture<AccessToken>> answering(KeeperHarness harness, String value, int request) {
        return () -> {
            awaitRequest(harness, request);
            harness.source.succeed(value, LIFETIME);
            return future(harness.keeper.get());
        };
    }

    /** A request is in the state a moment before its request is sent. */
    private static void awaitRequest(KeeperHarness harness, int request) {
        while (harness.source.requests() < request && !Thread.currentThread().isInterrupted()) {
            Thread.onSpinWait();
        }
    }

    private static void assertOneToken(KeeperHarness harness, List<CompletableFuture<AccessToken>> got, int requests) {
        AccessToken token = harness.keeper.current();
        assertThat(token).isNotNull();
        assertThat(got).allSatisfy(caller -> assertThat(caller.getNow(null)).isSameAs(token));
        assertThat(harness.source.requests()).isEqualTo(requests);
        harness.source.assertNeverTwoUnderWay();
    }

    private static void assertTokenOrClosed(CompletableFuture<AccessToken> caller, AccessToken token) {
        assertThat(caller).isDone();
        if (caller.isCompletedExceptionally()) {
            assertThat(failureOf(caller).reason()).isEqualTo(Reason.CLOSED);
        } else {
            assertThat(caller.join()).isSameAs(token);
        }
    }

    private static CompletableFuture<AccessToken> future(CompletionStage<AccessToken> stage) {
        return stage.toCompletableFuture();
    }
}
