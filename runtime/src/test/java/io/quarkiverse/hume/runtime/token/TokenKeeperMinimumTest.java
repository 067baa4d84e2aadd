package io.quarkiverse.hume.runtime.token;

import static io.quarkiverse.hume.runtime.token.KeeperHarness.LIFETIME;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.hume.AccessToken;
import io.quarkiverse.hume.HumeAuthenticationException.Reason;

/** Requests for a token with a minimum remaining lifetime. */
class TokenKeeperMinimumTest {

    private static final Duration MARGIN = Duration.ofSeconds(3);
    private static final Duration MINIMUM = Duration.ofMinutes(2);
    private static final Duration LAST_USE = LIFETIME.minus(MARGIN).minus(MINIMUM);

    private final KeeperHarness harness = new KeeperHarness();
    private final TokenKeeper keeper = harness.keeper;
    private final ControlledSource source = harness.source;
    private final SimulatedTime time = harness.time;

    @AfterEach
    void source_always_oneRequestAtATime() {
        source.assertNeverTwoUnderWay();
    }

    @Test
    void minimum_cold_joinsTheOneRequest() {
        CompletionStage<AccessToken> any = keeper.get();
        CompletionStage<AccessToken> lasting = keeper.get(MINIMUM);
        assertThat(source.requests()).isEqualTo(1);
        AccessToken token = source.succeed("a", LIFETIME);
        assertThat(any.toCompletableFuture()).isCompletedWithValue(token);
        assertThat(lasting.toCompletableFuture()).isCompletedWithValue(token);
    }

    @Test
    void minimum_exactlyLeft_isTheCurrentToken() {
        AccessToken token = harness.acquired("a");
        time.advance(LAST_USE);
        assertThat(keeper.get(MINIMUM).toCompletableFuture()).isCompletedWithValue(token);
        assertThat(source.requests()).isEqualTo(1);
    }

    @Test
    void minimum_notLeft_waitsForTheNextTokenWhileOthersUseTheCurrentOne() {
        AccessToken old = harness.acquired("a");
        time.advance(LAST_USE.plusNanos(1));
        CompletionStage<AccessToken> lasting = keeper.get(MINIMUM);
        CompletionStage<AccessToken> second = keeper.get(MINIMUM);
        assertThat(keeper.get().toCompletableFuture()).isCompletedWithValue(old);
        assertThat(lasting.toCompletableFuture()).isNotDone();
        assertThat(source.requests()).isEqualTo(2);
        AccessToken token = source.succeed("b", LIFETIME);
        assertThat(lasting.toCompletableFuture()).isCompletedWithValue(token);
        assertThat(second.toCompletableFuture()).isCompletedWithValue(token);
    }

    @Test
    void minimum_moreThanAnyTokenHas_isTheNextTokenAndNoLoop() {
        CompletionStage<AccessToken> first = keeper.get(MINIMUM);
        AccessToken token = source.succeed("a", Duration.ofSeconds(60));
        assertThat(first.toCompletableFuture()).isCompletedWithValue(token);
        time.advance(Duration.ofSeconds(28));
        for (int call = 0; call < 5; call++) {
            assertThat(keeper.get(MINIMUM).toCompletableFuture()).isCompletedWithValue(token);
        }
        assertThat(source.requests()).isEqualTo(1);
        time.advance(Duration.ofSeconds(2));
        CompletionStage<AccessToken> next = keeper.get(MINIMUM);
        assertThat(next.toCompletableFuture()).isNotDone();
        assertThat(next.toCompletableFuture()).isNotCompletedExceptionally();
        AccessToken newer = source.succeed("b", Duration.ofSeconds(60));
        assertThat(next.toCompletableFuture()).isCompletedWithValue(newer);
        assertThat(source.requests()).isEqualTo(2);
    }

    @Test
    void minimum_requestFails_isTheFailureAndTheLiveTokenStays() {
        AccessToken old = harness.acquired("a");
        time.advance(LAST_USE.plusNanos(1));
        CompletionStage<AccessToken> lasting = keeper.get(MINIMUM);
        source.fail(KeeperHarness.failure(Reason.TOKEN_ENDPOINT_UNAVAILABLE));
        assertThat(lasting).satisfies(KeeperHarness.failedWith(Reason.TOKEN_ENDPOINT_UNAVAILABLE));
        assertThat(keeper.current()).isSameAs(old);
        assertThat(KeeperHarness.failureOf(keeper.get(MINIMUM)).retryAt()).isPresent();
        assertThat(source.requests()).isEqualTo(2);
    }

    @Test
    void preferred_requestFails_isTheCurrentTokenWhileItIsValid() {
        AccessToken old = harness.acquired("a");
        time.advance(LAST_USE.plusNanos(1));
        CompletionStage<AccessToken> lasting = keeper.preferLasting(MINIMUM);
        assertThat(lasting.toCompletableFuture()).isNotDone();
        source.fail(KeeperHarness.failure(Reason.TOKEN_ENDPOINT_UNAVAILABLE));
        assertThat(lasting.toCompletableFuture()).isCompletedWithValue(old);
        assertThat(keeper.preferLasting(MINIMUM).toCompletableFuture()).isCompletedWithValue(old);
        assertThat(source.requests()).isEqualTo(2);
    }

    @Test
    void preferred_requestSucceeds_isTheNextToken() {
        harness.acquired("a");
        time.advance(LAST_USE.plusNanos(1));
        CompletionStage<AccessToken> lasting = keeper.preferLasting(MINIMUM);
        AccessToken token = source.succeed("b", LIFETIME);
        assertThat(lasting.toCompletableFuture()).isCompletedWithValue(token);
    }

    @Test
    void minimum_closed_fails() {
        keeper.close();
        assertThat(keeper.get(MINIMUM)).satisfies(KeeperHarness.failedWith(Reason.CLOSED));
    }

    @Test
    void minimum_veryLong_doesNotOverflow() {
        AccessToken token = harness.acquired("a");
        assertThat(keeper.get(Duration.ofSeconds(Long.MAX_VALUE)).toCompletableFuture()).isCompletedWithValue(token);
    }
}
