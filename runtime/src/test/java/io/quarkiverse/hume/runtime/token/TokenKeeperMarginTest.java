package io.quarkiverse.hume.runtime.token;

import static io.quarkiverse.hume.runtime.token.KeeperHarness.LIFETIME;
import static io.quarkiverse.hume.runtime.token.KeeperHarness.failedWith;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.hume.AccessToken;
import io.quarkiverse.hume.HumeAuthenticationException.Reason;

/** The safety margin of a token: a newer token is preferred, and no call fails without one. */
class TokenKeeperMarginTest {

    private static final Duration MARGIN = Duration.ofSeconds(3);
    private static final Duration HALF = MARGIN.dividedBy(2);

    private final KeeperHarness harness = new KeeperHarness(Duration.ofSeconds(1));
    private final TokenKeeper keeper = harness.keeper;
    private final SimulatedTime time = harness.time;
    private final ControlledSource source = harness.source;

    @AfterEach
    void source_always_oneRequestAtATime() {
        source.assertNeverTwoUnderWay();
    }

    @Test
    void requestSucceeds_callersGetTheNewerToken() {
        ending();
        CompletableFuture<AccessToken> call = keeper.get().toCompletableFuture();
        assertThat(keeper.current()).isNull();
        assertThat(call).isNotDone();
        AccessToken newer = source.succeed("b", LIFETIME);
        assertThat(call).isCompletedWithValue(newer);
        assertThat(time.scheduled()).isZero();
    }

    @Test
    void requestFails_callersGetTheCurrentToken() {
        AccessToken token = ending();
        CompletableFuture<AccessToken> call = keeper.get().toCompletableFuture();
        source.fail(KeeperHarness.failure(Reason.TOKEN_ENDPOINT_UNAVAILABLE));
        assertThat(call).isCompletedWithValue(token);
    }

    @Test
    void duringBackoff_everyCallGetsTheCurrentTokenAtOnceUntilItExpires() {
        AccessToken token = ending();
        keeper.get();
        source.fail(KeeperHarness.failure(Reason.TOKEN_ENDPOINT_RATE_LIMITED, time.now().plusSeconds(60)));
        for (long left = MARGIN.toMillis(); left > 0; left--) {
            assertThat(keeper.current()).isSameAs(token);
            assertThat(keeper.get().toCompletableFuture()).isCompletedWithValue(token);
            time.advance(Duration.ofMillis(1));
        }
        assertThat(keeper.current()).isNull();
        assertThat(keeper.get()).satisfies(failedWith(Reason.TOKEN_ENDPOINT_RATE_LIMITED));
    }

    @Test
    void requestHangs_callersGetTheCurrentTokenWhenHalfOfTheMarginIsOver() {
        AccessToken token = ending();
        CompletableFuture<AccessToken> first = keeper.get().toCompletableFuture();
        time.advance(HALF.minusNanos(1));
        CompletableFuture<AccessToken> second = keeper.get().toCompletableFuture();
        assertThat(first).isNotDone();
        assertThat(second).isNotDone();
        time.advance(Duration.ofNanos(1));
        assertThat(first).isCompletedWithValue(token);
        assertThat(second).isCompletedWithValue(token);
        assertThat(keeper.current()).isSameAs(token);
        assertThat(keeper.get().toCompletableFuture()).isCompletedWithValue(token);
        assertThat(source.requests()).isEqualTo(2);
    }

    @Test
    void callersWhoPreferALastingToken_doNotPileUpTimers() {
        AccessToken token = ending();
        time.advance(HALF);
        for (int call = 0; call < 1000; call++) {
            assertThat(keeper.preferLasting(Duration.ofMinutes(5)).toCompletableFuture()).isCompletedWithValue(token);
        }
        assertThat(source.requests()).isEqualTo(2);
        assertThat(time.scheduled()).as("the deadline of the request").isEqualTo(1);
    }

    /** The state is read, the request is replaced by one with new keys and all its callers released, then the caller joins. */
    @Test
    void requestIsReplacedWhileACallerJoins_theCallerIsCompletedInTime() {
        Runnable[] atNextLook = { () -> {
        } };
        int[] looks = { 0 };
        TokenClock clock = new TokenClock() {
            @Override
            public long nanoTime() {
                if (--looks[0] == 0) {
                    atNextLook[0].run();
                }
                return time.nanoTime();
            }

            @Override
            public Instant now() {
                return time.now();
            }
        };
        TokenKeeper watched = new TokenKeeper("simulated", source, KeeperHarness.POLICY, new TokenTiming(clock, time, () -> 0),
                TokenListener.NONE);
        watched.acquire();
        AccessToken token = source.succeed("a", LIFETIME);
        time.advance(LIFETIME.minus(MARGIN));
        CompletableFuture<AccessToken> first = watched.get().toCompletableFuture();
        atNextLook[0] = () -> {
            watched.credentialsChanged();
            source.fail(KeeperHarness.failure(Reason.CREDENTIALS_REJECTED));
        };
        looks[0] = 2; // The first is for the token held, the second belongs to the state with the first request.
        CompletableFuture<AccessToken> second = watched.get().toCompletableFuture();
        assertThat(source.requests()).isEqualTo(3);
        assertThat(first).isCompletedWithValue(token);
        time.advance(HALF);
        assertThat(second).isCompletedWithValue(token);
    }

    @Test
    void droppedTokenIsAcceptedAfterItsExpiry_theNewerOneStays() {
        AccessToken dropped = harness.acquired("a", Duration.ofSeconds(10));
        keeper.reject(dropped);
        AccessToken newer = harness.acquired("b");
        time.advance(Duration.ofSeconds(10));
        keeper.accepted(dropped);
        assertThat(keeper.current()).isSameAs(newer);
    }

    private AccessToken ending() {
        AccessToken token = harness.acquired("a");
        time.advance(LIFETIME.minus(MARGIN));
        return token;
    }
}
