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

/** Tokens that Hume rejects before it has accepted them once. */
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
        AccessToken old = harness.staleWithRequest("a");
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
    void replacement_ofAnOlderToken_isTheCurrentOneWithoutARequest() {
        AccessToken old = harness.staleWithRequest("a");
        AccessToken current = source.succeed("b", LIFETIME);
        assertThat(replacement(old).toCompletableFuture()).isCompletedWithValue(current);
        assertThat(source.requests()).isEqualTo(2);
    }

    @Test
    void replacement_ofTheCurrentToken_isTheNextOneForAllCallers() {
        AccessToken token = harness.acquired("a");
        CompletionStage<AccessToken> first = replacement(token);
        CompletionStage<AccessToken> second = replacement(token);
        assertThat(source.requests()).isEqualTo(2);
        AccessToken next = source.succeed("b", LIFETIME);
        assertThat(first.toCompletableFuture()).isCompletedWithValue(next);
        assertThat(second.toCompletableFuture()).isCompletedWithValue(next);
    }

    @Test
    void replacement_requestFails_isTheFailure() {
        CompletionStage<AccessToken> next = replacement(harness.acquired("a"));
        HumeAuthenticationException cause = failure(Reason.TOKEN_ENDPOINT_UNAVAILABLE);
        source.fail(cause);
        KeeperHarness.assertFailedWith(next, cause);
    }

    @Test
    void reject_sameTokenTwice_countsOnce() {
        AccessToken token = harness.acquired("a");
        keeper.reject(token);
        keeper.reject(token);
        assertThat(harness.events).filteredOn("rejected"::equals).hasSize(1);
        assertThat(keeper.get().toCompletableFuture()).as("there is no back-off").isNotDone();
    }

    @Test
    void reject_noToken_changesNothing() {
        keeper.reject(AccessToken.of("a", time.now(), LIFETIME));
        assertThat(harness.events).isEmpty();
        assertThat(source.requests()).isZero();
    }

    @Test
    void reject_duringRequest_callersJoinIt() {
        keeper.reject(harness.staleWithRequest("a"));
        CompletionStage<AccessToken> got = keeper.get();
        assertThat(got.toCompletableFuture()).isNotDone();
        AccessToken next = source.succeed("b", LIFETIME);
        assertThat(got.toCompletableFuture()).isCompletedWithValue(next);
        assertThat(source.requests()).isEqualTo(2);
    }

    @Test
    void reject_duringBackoff_backoffContinues() {
        AccessToken token = harness.staleWithRequest("a");
        source.fail(failure(Reason.CREDENTIALS_REJECTED));
        keeper.reject(token);
        assertThat(failureOf(keeper.get()).reason()).isEqualTo(Reason.CREDENTIALS_REJECTED);
        harness.assertBackoffEndsAfter(DELAY);
    }

    @Test
    void reject_nextYoungTokenToo_failsFromThenOn() {
        rejectNew("a", Duration.ZERO);
        assertThat(keeper.status().failingSince()).as("one rejection is none").isNull();
        rejectNew("b", YOUNG.minusNanos(1));
        assertThat(keeper.status().failingSince()).isEqualTo(time.now());
    }

    @Test
    void reject_nextYoungTokenToo_backoffBegins() {
        rejectNew("a", Duration.ZERO);
        AccessToken second = rejectNew("b", YOUNG.minusNanos(1));
        assertThat(keeper.status().lastFailure().reason()).isEqualTo(Reason.TOKEN_REJECTED);
        assertThat(keeper.status().retryAt()).isEqualTo(time.now().plus(DELAY));
        time.advance(DELAY.minusNanos(1));
        assertThat(keeper.get().toCompletableFuture()).as("there is no better one").isCompletedWithValue(second);
        assertThat(replacement(second).toCompletableFuture()).as("for whom it was rejected").isCompletedWithValue(null);
        assertThat(source.requests()).isEqualTo(2);
        time.advance(Duration.ofNanos(1));
        assertThat(keeper.get().toCompletableFuture()).isNotDone();
        assertThat(source.requests()).isEqualTo(3);
    }

    @Test
    void rejectedToken_isAcceptedByAnotherCall_isInUse() {
        rejectNew("a", Duration.ZERO);
        AccessToken second = rejectNew("b", Duration.ZERO);
        keeper.accepted(second);
        time.advance(Duration.ofMinutes(1));
        assertThat(keeper.current()).isSameAs(second);
        assertThat(source.requests()).isEqualTo(2);
    }

    @Test
    void rejectedToken_expires_callersFailWithTheReason() {
        rejectNew("a", Duration.ZERO);
        harness.acquired("b", Duration.ofMillis(100));
        keeper.reject(keeper.current());
        time.advance(Duration.ofMillis(100));
        HumeAuthenticationException failure = failureOf(keeper.get());
        assertThat(failure.reason()).isEqualTo(Reason.TOKEN_REJECTED);
        assertThat(failure.retryAt()).contains(time.now().plus(DELAY).minusMillis(100));
        assertThat(source.requests()).isEqualTo(2);
    }

    @Test
    void reject_manyYoungTokens_waitDoublesAndIsNotShortenedByCallers() {
        rejectNew("a", Duration.ZERO);
        for (int again = 0; again < 6; again++) {
            rejectNew("b" + again, Duration.ZERO);
            Duration wait = DELAY.multipliedBy(1L << again);
            keeper.get();
            assertThat(keeper.status().retryAt()).isEqualTo(time.now().plus(wait));
            time.advance(wait);
        }
    }

    @Test
    void reject_tokenThatWasUsedForAWhile_startsNoBackoff() {
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
    void accepted_otherToken_backoffBegins() {
        AccessToken first = rejectNew("a", Duration.ZERO);
        AccessToken second = harness.acquired("b");
        keeper.accepted(AccessToken.of("stranger", first.expiresAt()));
        keeper.reject(second);
        assertThat(keeper.status().lastFailure().reason()).isEqualTo(Reason.TOKEN_REJECTED);
    }

    @Test
    void accepted_tokenThatWasDropped_servesAgain() {
        AccessToken token = harness.acquired("a");
        CompletionStage<AccessToken> next = replacement(token);
        assertThat(keeper.current()).isNull();
        // A call in progress with this token succeeds: only the API of the other call rejects it.
        keeper.accepted(token);
        assertThat(keeper.current()).isSameAs(token);
        source.fail(failure(Reason.TOKEN_ENDPOINT_UNAVAILABLE));
        assertThat(failureOf(next).reason()).isEqualTo(Reason.TOKEN_ENDPOINT_UNAVAILABLE);
        assertThat(keeper.get().toCompletableFuture()).isCompletedWithValue(token);
    }

    @Test
    void accepted_droppedTokenAfterTheNextArrived_servesAgain() {
        AccessToken token = harness.acquired("a");
        replacement(token);
        AccessToken next = source.succeed("b", LIFETIME);
        assertThat(keeper.current()).isSameAs(next);
        keeper.accepted(token);
        assertThat(keeper.current()).isSameAs(token);
    }

    @Test
    void credentialsChanged_backoffAfterRejections_endsIt() {
        rejectNew("a", Duration.ZERO);
        rejectNew("b", Duration.ZERO);
        keeper.credentialsChanged();
        assertThat(source.requests()).isEqualTo(3);
        AccessToken token = source.succeed("c", LIFETIME);
        keeper.reject(token);
        assertThat(keeper.get().toCompletableFuture()).as("rejections are forgotten").isNotDone();
    }

    @Test
    void reject_youngTokenDuringRetryAfter_doesNotShortenTheWait() {
        rejectNew("a", Duration.ZERO);
        AccessToken second = harness.acquired("b");
        time.jumpWallClock(Duration.ofHours(1));
        keeper.tick();
        source.fail(failure(Reason.TOKEN_ENDPOINT_RATE_LIMITED, time.now().plusSeconds(60)));
        keeper.reject(second);
        assertThat(keeper.status().lastFailure().reason()).isEqualTo(Reason.TOKEN_REJECTED);
        assertThat(keeper.status().retryAt()).isEqualTo(time.now().plusSeconds(60));
    }

    private CompletionStage<AccessToken> replacement(AccessToken token) {
        return keeper.replacement(token.authorization());
    }

    private AccessToken rejectNew(String value, Duration age) {
        AccessToken token = harness.acquired(value);
        time.advance(age);
        keeper.reject(token);
        return token;
    }
}
