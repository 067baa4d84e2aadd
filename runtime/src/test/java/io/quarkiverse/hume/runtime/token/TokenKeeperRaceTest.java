package io.quarkiverse.hume.runtime.token;

import static io.quarkiverse.hume.runtime.token.KeeperHarness.LIFETIME;
import static io.quarkiverse.hume.runtime.token.KeeperHarness.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.hume.AccessToken;
import io.quarkiverse.hume.HumeAuthenticationException.Reason;

/** Pairs of concurrent events, repeated often enough to detect a lost transition. */
class TokenKeeperRaceTest {

    private static final int ROUNDS = 10_000;

    private final Duel duel = new Duel();
    private KeeperHarness harness;
    private TokenKeeper keeper;
    private ControlledSource source;

    @AfterEach
    void end() {
        duel.close();
    }

    @Test
    void success_andCredentialsChanged_newRequestFollows() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            start();
            CompletableFuture<AccessToken> waiting = keeper.get().toCompletableFuture();
            AccessToken old = AccessToken.of("old", harness.time.now(), LIFETIME);
            duel.fight(() -> source.last().complete(old), keeper::credentialsChanged);
            assertThat(source.requests()).isEqualTo(2);
            AccessToken renewed = source.succeed("new", LIFETIME);
            assertThat(Set.of(old, renewed)).contains(waiting.getNow(null));
            assertThat(keeper.current()).isSameAs(renewed);
            source.assertNeverTwoUnderWay();
        }
    }

    @Test
    void success_andRejectionOfTheOldToken_newTokenStays() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            start();
            AccessToken old = harness.staleWithRequest("old");
            AccessToken renewed = AccessToken.of("new", harness.time.now(), LIFETIME);
            duel.fight(() -> source.last().complete(renewed), () -> keeper.reject(old));
            assertThat(keeper.current()).isSameAs(renewed);
            assertThat(keeper.status().refreshing()).isFalse();
            assertThat(source.requests()).isEqualTo(2);
        }
    }

    @Test
    void success_andAcceptanceOfTheOldToken_newTokenStays() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            start();
            keeper.reject(harness.acquired("rejected"));
            AccessToken old = harness.staleWithRequest("old");
            AccessToken renewed = AccessToken.of("new", harness.time.now(), LIFETIME);
            duel.fight(() -> source.last().complete(renewed), () -> keeper.accepted(old));
            assertThat(keeper.current()).isSameAs(renewed);
            assertThat(keeper.status().refreshing()).isFalse();
        }
    }

    @Test
    void rejection_andCredentialsChanged_bothCount() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            start();
            AccessToken old = harness.acquired("old");
            duel.fight(() -> keeper.reject(old), keeper::credentialsChanged);
            assertThat(keeper.current()).isNull();
            CompletableFuture<AccessToken> got = keeper.get().toCompletableFuture();
            assertThat(source.requests()).isEqualTo(2);
            AccessToken renewed = source.succeed("new", LIFETIME);
            assertThat(got).isCompletedWithValue(renewed);
        }
    }

    @Test
    void rejection_byTwoCallers_oneRequest() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            start();
            AccessToken old = harness.acquired("old");
            Runnable caller = () -> {
                keeper.reject(old);
                keeper.get();
            };
            duel.fight(caller, caller);
            assertThat(source.requests()).isEqualTo(2);
            AccessToken renewed = source.succeed("new", LIFETIME);
            assertThat(keeper.current()).isSameAs(renewed);
        }
    }

    @Test
    void close_andCredentialsChanged_nothingIsLeft() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            start();
            harness.acquired("old");
            duel.fight(keeper::close, keeper::credentialsChanged);
            assertClosed();
        }
    }

    @Test
    void close_andRejection_staysClosed() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            start();
            AccessToken old = harness.acquired("old");
            duel.fight(keeper::close, () -> keeper.reject(old));
            assertClosed();
        }
    }

    @Test
    void close_andTickOfADriftedToken_nothingIsLeft() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            start();
            harness.acquired("old");
            harness.time.jumpWallClock(LIFETIME);
            duel.fight(keeper::close, keeper::tick);
            assertClosed();
        }
    }

    @Test
    void close_andReplacementOfARequest_nothingIsLeft() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            start();
            CompletableFuture<AccessToken> waiting = keeper.get().toCompletableFuture();
            keeper.credentialsChanged();
            AccessToken outdated = AccessToken.of("outdated", harness.time.now(), LIFETIME);
            CompletableFuture<AccessToken> request = source.last();
            duel.fight(keeper::close, () -> request.complete(outdated));
            assertClosed();
            assertThat(failureOf(waiting).reason()).isEqualTo(Reason.CLOSED);
        }
    }

    private void start() {
        harness = new KeeperHarness();
        harness.listener = TokenListener.NONE;
        keeper = harness.keeper;
        source = harness.source;
    }

    private void assertClosed() {
        assertThat(keeper.current()).isNull();
        assertThat(failureOf(keeper.get()).reason()).isEqualTo(Reason.CLOSED);
        assertThat(source.underWay()).isFalse();
        assertThat(harness.time.scheduled()).isZero();
    }
}
