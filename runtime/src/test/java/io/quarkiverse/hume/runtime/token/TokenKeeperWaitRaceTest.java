package io.quarkiverse.hume.runtime.token;

import static io.quarkiverse.hume.runtime.token.KeeperHarness.DELAY;
import static io.quarkiverse.hume.runtime.token.KeeperHarness.LIFETIME;
import static io.quarkiverse.hume.runtime.token.KeeperHarness.failedWith;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.hume.AccessToken;
import io.quarkiverse.hume.HumeAuthenticationException.Reason;

/** Events at the moment at which callers begin to wait: every caller is completed, and there is one request. */
class TokenKeeperWaitRaceTest {

    private static final int ROUNDS = 5_000;
    private static final Duration MAX_WAIT = Duration.ofSeconds(1);

    private final Duel duel = new Duel();
    private KeeperHarness harness;
    private TokenKeeper keeper;

    @AfterEach
    void end() {
        duel.close();
    }

    @Test
    void caller_andTheEndOfTheBackoff_oneRequestServesBoth() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            startDuringBackoff();
            CompletableFuture<AccessToken> first = keeper.get().toCompletableFuture();
            CompletableFuture<?>[] second = new CompletableFuture<?>[1];
            duel.fight(() -> second[0] = keeper.get().toCompletableFuture(), () -> harness.time.advance(DELAY));
            assertThat(harness.source.requests()).isEqualTo(2);
            AccessToken token = harness.source.succeed("a", LIFETIME);
            assertThat(first.getNow(null)).isSameAs(token);
            assertThat(second[0].getNow(null)).isSameAs(token);
            assertThat(harness.time.scheduled()).isZero();
        }
    }

    @Test
    void twoFirstCallers_duringTheBackoff_oneTimer() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            startDuringBackoff();
            CompletableFuture<?>[] calls = new CompletableFuture<?>[2];
            duel.fight(() -> calls[0] = keeper.get().toCompletableFuture(),
                    () -> calls[1] = keeper.get().toCompletableFuture());
            assertThat(harness.time.scheduled()).isEqualTo(1);
            harness.time.advance(DELAY);
            assertThat(harness.source.requests()).isEqualTo(2);
            AccessToken token = harness.source.succeed("a", LIFETIME);
            assertThat(calls[0].getNow(null)).isSameAs(token);
            assertThat(calls[1].getNow(null)).isSameAs(token);
        }
    }

    @Test
    void caller_concurrentWithTheFailure_getsItOrWaitsForTheNext() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            startDuringBackoff();
            keeper.get();
            harness.time.advance(DELAY);
            CompletableFuture<?>[] call = new CompletableFuture<?>[1];
            duel.fight(() -> call[0] = keeper.get().toCompletableFuture(),
                    () -> harness.source.fail(KeeperHarness.failure(Reason.TOKEN_ENDPOINT_UNAVAILABLE)));
            if (!call[0].isCompletedExceptionally()) {
                harness.time.advance(MAX_WAIT);
                assertThat(harness.source.requests()).isEqualTo(3);
                AccessToken token = harness.source.succeed("a", LIFETIME);
                assertThat(call[0].getNow(null)).isSameAs(token);
            }
            harness.source.assertNeverTwoUnderWay();
        }
    }

    @Test
    void newKeys_andTheEndOfTheBackoff_callersGetTheirToken() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            startDuringBackoff();
            CompletableFuture<AccessToken> call = keeper.get().toCompletableFuture();
            duel.fight(keeper::credentialsChanged, () -> harness.time.advance(DELAY));
            if (!harness.source.underWay()) {
                harness.time.advance(MAX_WAIT);
            }
            harness.source.succeed("a", LIFETIME);
            if (harness.source.underWay()) {
                // Sent with the old keys at the last moment: asked again with the new ones.
                harness.source.succeed("b", LIFETIME);
            }
            assertThat(call).isCompleted();
            assertThat(harness.time.scheduled()).isZero();
            harness.source.assertNeverTwoUnderWay();
        }
    }

    @Test
    void close_andTheFirstWaitingCaller_isATypedErrorAndLeavesNoTimer() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            startDuringBackoff();
            CompletableFuture<?>[] call = new CompletableFuture<?>[1];
            duel.fight(() -> call[0] = keeper.get().toCompletableFuture(), keeper::close);
            assertThat(call[0]).isCompletedExceptionally();
            assertThat(harness.time.scheduled()).isZero();
            harness.time.advance(MAX_WAIT);
            assertThat(harness.source.requests()).isEqualTo(1);
        }
    }

    @Test
    void close_andTheEndOfTheBackoff_nothingIsLeft() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            startDuringBackoff();
            CompletableFuture<AccessToken> call = keeper.get().toCompletableFuture();
            duel.fight(() -> harness.time.advance(DELAY), keeper::close);
            assertThat(call).satisfies(failedWith(Reason.CLOSED)::accept);
            assertThat(harness.time.scheduled()).isZero();
            assertThat(harness.source.underWay()).isFalse();
        }
    }

    @Test
    void callerGivesUp_andTheTokenArrives_othersGetIt() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            startDuringBackoff();
            CompletableFuture<AccessToken> leaving = keeper.get().toCompletableFuture();
            CompletableFuture<AccessToken> staying = keeper.get().toCompletableFuture();
            harness.time.advance(DELAY);
            AccessToken token = AccessToken.of("a", harness.time.now(), LIFETIME);
            duel.fight(() -> leaving.cancel(false), () -> harness.source.last().complete(token));
            assertThat(leaving.isCancelled() || leaving.getNow(null) == token).isTrue();
            assertThat(staying.getNow(null)).isSameAs(token);
        }
    }

    @Test
    void callerInsideTheMargin_andNewKeys_isReleasedBeforeTheTokenExpires() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            harness = new KeeperHarness(MAX_WAIT);
            keeper = harness.keeper;
            AccessToken token = harness.acquired("a");
            harness.time.advance(LIFETIME.minusSeconds(3));
            keeper.get();
            CompletableFuture<?>[] call = new CompletableFuture<?>[1];
            duel.fight(() -> call[0] = keeper.get().toCompletableFuture(), () -> {
                keeper.credentialsChanged();
                harness.source.last().completeExceptionally(KeeperHarness.failure(Reason.CREDENTIALS_REJECTED));
            });
            harness.time.advance(Duration.ofMillis(1500));
            assertThat(call[0].getNow(null)).isSameAs(token);
        }
    }

    @Test
    void thousandCallers_atTheEndOfTheBackoff_oneRequestAndAllAreCompleted() throws Exception {
        try (Crowd crowd = new Crowd(200)) {
            for (int round = 0; round < 20; round++) {
                startDuringBackoff();
                List<CompletableFuture<AccessToken>> calls = crowd.allBut(() -> {
                    CompletableFuture<AccessToken> last = null;
                    for (int call = 0; call < 5; call++) {
                        last = keeper.get().toCompletableFuture();
                    }
                    return last;
                }, () -> {
                    CompletableFuture<AccessToken> mine = keeper.get().toCompletableFuture();
                    harness.time.advance(DELAY);
                    return mine;
                });
                assertThat(harness.source.requests()).isEqualTo(2);
                AccessToken token = harness.source.succeed("a", LIFETIME);
                assertThat(calls).allSatisfy(call -> assertThat(call.getNow(null)).isSameAs(token));
                assertThat(harness.time.scheduled()).isZero();
                harness.source.assertNeverTwoUnderWay();
            }
        }
    }

    private void startDuringBackoff() {
        harness = new KeeperHarness(MAX_WAIT);
        keeper = harness.keeper;
        harness.failed(Reason.TOKEN_ENDPOINT_UNAVAILABLE);
    }
}
