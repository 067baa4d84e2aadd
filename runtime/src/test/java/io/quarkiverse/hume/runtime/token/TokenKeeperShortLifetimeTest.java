package io.quarkiverse.hume.runtime.token;

import static io.quarkiverse.hume.runtime.token.KeeperHarness.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.hume.AccessToken;
import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.HumeAuthenticationException.Reason;

/** Tokens with lifetimes of seconds or milliseconds: one request a second at most, and every call gets a valid token. */
class TokenKeeperShortLifetimeTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MOMENT = Duration.ofMillis(50);
    private static final Duration LATENCY = Duration.ofMillis(5);

    private final KeeperHarness harness = new KeeperHarness(SECOND);
    private final TokenKeeper keeper = harness.keeper;
    private final SimulatedTime time = harness.time;
    private final ControlledSource source = harness.source;

    @AfterEach
    void source_always_oneRequestAtATime() {
        source.assertNeverTwoUnderWay();
    }

    @ParameterizedTest
    @ValueSource(ints = { 1, 2, 5, 19, 50, 100, 500, 900, 1000, 1200, 1250, 1500, 2000, 3000, 4999 })
    void lifetime_ofMillisecondsToSeconds_oneRequestASecondAndNoCallFails(int millis) {
        for (double random : new double[] { 0, 0.5, 0.999 }) {
            SteadyCalls calls = new SteadyCalls(Duration.ofMillis(millis), SECOND, random);
            calls.run(Duration.ofMinutes(1));
            assertThat(calls.failures).isEmpty();
            assertThat(calls.successes.size()).as("calls answered, but for those that wait at the end")
                    .isGreaterThanOrEqualTo(calls.calls - 51);
            assertThat(calls.longestWait).isLessThanOrEqualTo(SECOND.plus(LATENCY));
            // A first one alone may be what is left of a token that others have, too.
            for (int request = 2; request < calls.requests.size(); request++) {
                assertThat(Duration.between(calls.requests.get(request - 1), calls.requests.get(request)))
                        .isGreaterThanOrEqualTo(SECOND);
            }
        }
    }

    @Test
    void lifetime_longerThanThat_nothingIsDelayed() {
        AccessToken token = harness.acquired("a", Duration.ofSeconds(5));
        keeper.accepted(token);
        CompletionStage<AccessToken> replacement = keeper.replacement(token.authorization());
        assertThat(replacement.toCompletableFuture()).isCompletedWithValue(source.succeed("b", KeeperHarness.LIFETIME));
        assertThat(harness.events).noneMatch(event -> event.startsWith("short-lived"));
    }

    @Test
    void expired_thousandsOfCallers_areOneTimerAndOneRequest() {
        secondInARow(harness);
        time.advance(MOMENT);
        List<CompletableFuture<AccessToken>> calls = new ArrayList<>();
        for (int call = 0; call < 10_000; call++) {
            calls.add(keeper.get().toCompletableFuture());
        }
        assertThat(time.scheduled()).isEqualTo(1);
        assertThat(source.requests()).isEqualTo(2);
        time.advance(SECOND.minus(MOMENT));
        assertThat(source.requests()).isEqualTo(3);
        AccessToken token = source.succeed("b", MOMENT);
        assertThat(calls).allSatisfy(call -> assertThat(call).isCompletedWithValue(token));
        assertThat(time.scheduled()).isZero();
    }

    @Test
    void expiredInTransit_waitingCallersGetItAndTheNextCallerWaitsForTheNext() {
        harness.acquired("before", MOMENT);
        time.advance(MOMENT);
        CompletionStage<AccessToken> first = keeper.get();
        Instant issued = time.now().plusMillis(20);
        time.advance(Duration.ofMillis(40));
        AccessToken token = AccessToken.of("a", issued, Duration.ofMillis(1));
        source.last().complete(token);
        assertThat(first.toCompletableFuture()).isCompletedWithValue(token);
        assertThat(keeper.current()).isNull();
        CompletionStage<AccessToken> second = keeper.get();
        time.advance(SECOND.minusMillis(40).minusNanos(1));
        assertThat(source.requests()).isEqualTo(2);
        time.advance(Duration.ofNanos(1));
        assertThat(source.requests()).isEqualTo(3);
        assertThat(second.toCompletableFuture()).isCompletedWithValue(source.succeed("b", MOMENT));
    }

    @Test
    void ended_longBefore_isAnError() {
        CompletionStage<AccessToken> first = keeper.get();
        Instant issued = time.now().plusMillis(20);
        time.advance(Duration.ofMillis(1021));
        source.last().complete(AccessToken.of("a", issued, Duration.ofMillis(1)));
        assertThat(failureOf(first).reason()).isEqualTo(Reason.INVALID_TOKEN_RESPONSE);
    }

    @Test
    void maxWaitOfZero_failsWithTheLifetimeAsTheReason() {
        KeeperHarness impatient = new KeeperHarness(Duration.ZERO);
        secondInARow(impatient);
        impatient.time.advance(MOMENT);
        for (CompletionStage<AccessToken> call : List.of(impatient.keeper.get(), impatient.keeper.renew())) {
            HumeAuthenticationException failure = failureOf(call);
            assertThat(failure.reason()).isEqualTo(Reason.INVALID_TOKEN_RESPONSE);
            assertThat(failure.retryAt()).contains(SimulatedTime.START.plus(MOMENT).plus(SECOND));
            assertThat(failure).hasMessageContainingAll("before 950 ms have passed", "Check the lifetime",
                    "hume.token.retry.max-wait=1S");
        }
        assertThat(impatient.source.requests()).isEqualTo(2);
        assertThat(impatient.time.scheduled()).isZero();
    }

    @Test
    void rejected_everyTokenSoonAfterItArrived_oneRequestASecond() {
        AccessToken token = secondInARow(harness);
        for (int again = 0; again < 20; again++) {
            time.advance(Duration.ofMillis(20));
            int before = source.requests();
            CompletionStage<AccessToken> replacement = keeper.replacement(token.authorization());
            keeper.reject(token);
            time.advance(SECOND.minusMillis(20).minusNanos(1));
            assertThat(source.requests()).isEqualTo(before);
            time.advance(Duration.ofNanos(1));
            assertThat(source.requests()).isEqualTo(before + 1);
            token = source.succeed("b" + again, MOMENT);
            assertThat(replacement.toCompletableFuture()).isCompletedWithValue(token);
        }
    }

    @Test
    void rejected_afterItExpired_isIgnored() {
        AccessToken token = secondInARow(harness);
        keeper.accepted(token);
        time.advance(MOMENT);
        keeper.reject(token);
        CompletionStage<AccessToken> next = keeper.replacement(token.authorization());
        time.advance(SECOND.minus(MOMENT));
        assertThat(next.toCompletableFuture()).isCompletedWithValue(source.succeed("b", KeeperHarness.LIFETIME));
        assertThat(harness.events).doesNotContain("rejected");
    }

    @Test
    void minimum_thatNoTokenHas_oneRequestASecond() {
        secondInARow(harness);
        for (int call = 0; call < 100; call++) {
            keeper.get(Duration.ofMinutes(1));
            keeper.preferLasting(Duration.ofMinutes(1));
            time.advance(Duration.ofMillis(10));
        }
        assertThat(source.requests()).isEqualTo(3);
    }

    @Test
    void credentialsChanged_requestsAtOnce() {
        secondInARow(harness);
        time.advance(MOMENT);
        CompletionStage<AccessToken> waiting = keeper.get();
        keeper.credentialsChanged();
        assertThat(waiting.toCompletableFuture()).isCompletedWithValue(source.succeed("b", KeeperHarness.LIFETIME));
        assertThat(time.now()).isEqualTo(SimulatedTime.START.plus(MOMENT).plus(MOMENT));
    }

    @Test
    void close_endsTheWaiting() {
        secondInARow(harness);
        time.advance(MOMENT);
        CompletionStage<AccessToken> waiting = keeper.get();
        keeper.close();
        assertThat(failureOf(waiting).reason()).isEqualTo(Reason.CLOSED);
        assertThat(time.scheduled()).isZero();
    }

    @Test
    void ordinaryTokenAgain_nothingIsDelayedAnyMore() {
        secondInARow(harness);
        time.advance(SECOND);
        AccessToken ordinary = harness.acquired("b");
        keeper.accepted(ordinary);
        CompletionStage<AccessToken> replacement = keeper.replacement(ordinary.authorization());
        assertThat(replacement.toCompletableFuture()).isCompletedWithValue(source.succeed("c", KeeperHarness.LIFETIME));
    }

    @Test
    void listener_receivesTheLifetime() {
        secondInARow(harness);
        assertThat(harness.events).containsOnlyOnce("short-lived " + MOMENT);
    }

    /** One alone may be the rest of a token that a gateway hands out to many: the next one is requested at once. */
    @Test
    void one_alone_isReplacedAtOnce() {
        harness.acquired("a", MOMENT);
        time.advance(MOMENT);
        harness.acquired("b");
        assertThat(harness.events).noneMatch(event -> event.startsWith("short-lived"));
    }

    @Test
    void failures_between_changeNothing() {
        harness.acquired("a", MOMENT);
        time.advance(MOMENT);
        harness.failed(Reason.TOKEN_ENDPOINT_UNAVAILABLE);
        time.advance(KeeperHarness.DELAY);
        harness.acquired("b", MOMENT);
        time.advance(MOMENT);
        assertThat(keeper.get().toCompletableFuture()).isNotDone();
        assertThat(source.requests()).isEqualTo(3);
    }

    private static AccessToken secondInARow(KeeperHarness harness) {
        harness.acquired("before", MOMENT);
        harness.time.advance(MOMENT);
        return harness.acquired("a", MOMENT);
    }
}
