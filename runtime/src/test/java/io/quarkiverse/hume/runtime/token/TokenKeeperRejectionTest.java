package io.quarkiverse.hume.runtime.token;

import static io.quarkiverse.hume.runtime.token.KeeperHarness.DELAY;
import static io.quarkiverse.hume.runtime.token.KeeperHarness.LIFETIME;
import static io.quarkiverse.hume.runtime.token.KeeperHarness.failure;
import static io.quarkiverse.hume.runtime.token.KeeperHarness.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.hume.AccessToken;
import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.HumeAuthenticationException.Reason;

class TokenKeeperRejectionTest {

    private static final Duration YOUNG = Duration.ofSeconds(5);

    private final KeeperHarness harness = new KeeperHarness();
    private final TokenKeeper keeper = harness.keeper;
    private final ControlledSource source = harness.source;
    private final SimulatedTime time = harness.time;

    @AfterEach
    void source_always_oneRequestAtATime() {
        source.assertNeverTwoUnderWay();
    }

    @Test
    void reject_currentToken_isDroppedAndNextCallerFetches() {
        AccessToken token = harness.acquired("a");
        keeper.reject(token);
        assertThat(keeper.current()).isNull();
        assertThat(source.requests()).as("dropping alone starts nothing").isEqualTo(1);
        AccessToken next = harness.acquired("b");
        assertThat(keeper.current()).isSameAs(next);
        assertThat(source.requests()).isEqualTo(2);
    }

    @Test
    void reject_equalToken_isDropped() {
        AccessToken token = harness.acquired("a");
        keeper.reject(AccessToken.of(token.value(), token.expiresAt()));
        assertThat(keeper.current()).isNull();
    }

    @Test
    void reject_currentToken_tickFetches() {
        keeper.reject(harness.acquired("a"));
        keeper.tick();
        assertThat(source.requests()).isEqualTo(2);
    }

    @Test
    void reject_olderToken_changesNothing() {
        AccessToken old = harness.staleWithFlight("a");
        AccessToken current = source.succeed("b", LIFETIME);
        harness.events.clear();
        keeper.reject(old);
        assertThat(keeper.current()).isSameAs(current);
        assertThat(keeper.get().toCompletableFuture()).isCompletedWithValue(current);
        keeper.tick();
        assertThat(source.requests()).isEqualTo(2);
        assertThat(harness.events).isEmpty();
    }

    @Test
    void reject_sameTokenTwice_countsOnce() {
        AccessToken token = harness.acquired("a");
        keeper.reject(token);
        keeper.reject(token);
        assertThat(harness.events).filteredOn("rejected"::equals).hasSize(1);
        assertThat(keeper.get().toCompletableFuture()).as("the gate is open").isNotDone();
    }

    @Test
    void reject_noToken_changesNothing() {
        keeper.reject(AccessToken.of("a", time.now(), LIFETIME));
        assertThat(harness.events).isEmpty();
        assertThat(source.requests()).isZero();
    }

    @Test
    void reject_duringFlight_callersJoinIt() {
        keeper.reject(harness.staleWithFlight("a"));
        CompletionStage<AccessToken> got = keeper.get();
        assertThat(got.toCompletableFuture()).isNotDone();
        AccessToken next = source.succeed("b", LIFETIME);
        assertThat(got.toCompletableFuture()).isCompletedWithValue(next);
        assertThat(source.requests()).isEqualTo(2);
    }

    @Test
    void reject_gateClosed_gateStaysClosed() {
        AccessToken token = harness.staleWithFlight("a");
        source.fail(failure(Reason.CREDENTIALS_REJECTED));
        keeper.reject(token);
        assertThat(failureOf(keeper.get()).reason()).isEqualTo(Reason.CREDENTIALS_REJECTED);
        harness.assertGateOpensAfter(DELAY);
    }

    @Test
    void reject_youngTokenOnce_gateStaysOpen() {
        keeper.reject(harness.acquired("a"));
        assertThat(keeper.get().toCompletableFuture()).isNotDone();
        assertThat(source.requests()).isEqualTo(2);
    }

    @Test
    void reject_nextYoungTokenToo_failsFromThenOn() {
        rejectNew("a", Duration.ZERO);
        assertThat(keeper.status().failingSince()).as("one rejection is none").isNull();
        rejectNew("b", YOUNG.minusNanos(1));
        assertThat(keeper.status().failingSince()).isEqualTo(time.now());
    }

    @Test
    void reject_nextYoungTokenToo_gateCloses() {
        rejectNew("a", Duration.ZERO);
        rejectNew("b", YOUNG.minusNanos(1));
        HumeAuthenticationException fast = failureOf(keeper.get());
        assertThat(fast.reason()).isEqualTo(Reason.TOKEN_REJECTED);
        assertThat(fast.retryAt()).contains(time.now().plus(DELAY));
        assertThat(source.requests()).isEqualTo(2);
        harness.assertGateOpensAfter(DELAY);
    }

    @Test
    void reject_manyYoungTokens_waitDoubles() {
        rejectNew("a", Duration.ZERO);
        for (int again = 0; again < 4; again++) {
            rejectNew("b" + again, Duration.ZERO);
            Duration wait = DELAY.multipliedBy(1L << again);
            assertThat(keeper.status().retryAt()).isEqualTo(time.now().plus(wait));
            time.advance(wait);
        }
    }

    @Test
    void reject_nextTokenAtTheAgeOfNoSurprise_gateStaysOpen() {
        rejectNew("a", Duration.ZERO);
        rejectNew("b", YOUNG);
        assertThat(keeper.get().toCompletableFuture()).isNotDone();
        assertThat(source.requests()).isEqualTo(3);
    }

    @Test
    void reject_nextShortLivedToken_youngIsAFifthOfItsLife() {
        rejectNew("a", Duration.ZERO);
        harness.acquired("b", Duration.ofSeconds(10));
        // A fifth of what is left after the expiry margin: 1.9 s.
        time.advance(Duration.ofMillis(1900));
        keeper.reject(keeper.current());
        assertThat(keeper.get().toCompletableFuture()).isNotDone();
    }

    @Test
    void accepted_betweenRejections_gateStaysOpen() {
        rejectNew("a", Duration.ZERO);
        AccessToken second = harness.acquired("b");
        keeper.accepted(second);
        keeper.reject(second);
        assertThat(keeper.get().toCompletableFuture()).isNotDone();
        assertThat(source.requests()).isEqualTo(3);
    }

    @Test
    void accepted_otherToken_gateCloses() {
        AccessToken first = rejectNew("a", Duration.ZERO);
        AccessToken second = harness.acquired("b");
        keeper.accepted(first);
        keeper.reject(second);
        assertThat(failureOf(keeper.get()).reason()).isEqualTo(Reason.TOKEN_REJECTED);
    }

    @Test
    void accepted_currentToken_isKept() {
        AccessToken first = rejectNew("a", Duration.ZERO);
        AccessToken second = harness.acquired("b");
        keeper.accepted(second);
        assertThat(keeper.current()).isSameAs(second).isNotEqualTo(first);
    }

    @Test
    void credentialsChanged_gateClosedByRejections_opensIt() {
        rejectNew("a", Duration.ZERO);
        rejectNew("b", Duration.ZERO);
        keeper.credentialsChanged();
        assertThat(source.requests()).isEqualTo(3);
        AccessToken token = source.succeed("c", LIFETIME);
        keeper.reject(token);
        assertThat(keeper.get().toCompletableFuture()).as("rejections are forgotten").isNotDone();
    }

    @Test
    void reject_youngTokenWhileToldToWait_doesNotShortenTheWait() {
        rejectNew("a", Duration.ZERO);
        AccessToken second = harness.acquired("b");
        time.jumpWallClock(Duration.ofHours(1));
        keeper.tick();
        source.fail(failure(Reason.TOKEN_ENDPOINT_RATE_LIMITED, time.now().plusSeconds(60)));
        keeper.reject(second);
        assertThat(failureOf(keeper.get()).reason()).isEqualTo(Reason.TOKEN_REJECTED);
        harness.assertGateOpensAfter(Duration.ofSeconds(60));
    }

    private AccessToken rejectNew(String value, Duration age) {
        AccessToken token = harness.acquired(value);
        time.advance(age);
        keeper.reject(token);
        return token;
    }
}
