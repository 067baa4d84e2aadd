package io.quarkiverse.hume.runtime.token;

import static io.quarkiverse.hume.runtime.token.KeeperHarness.DELAY;
import static io.quarkiverse.hume.runtime.token.KeeperHarness.LIFETIME;
import static io.quarkiverse.hume.runtime.token.KeeperHarness.MAX_DELAY;
import static io.quarkiverse.hume.runtime.token.KeeperHarness.failure;
import static io.quarkiverse.hume.runtime.token.KeeperHarness.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionStage;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.hume.AccessToken;
import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.HumeAuthenticationException.Reason;

/** The state after a failed request: the events of the listener, and the time of the next request. */
class TokenKeeperFailureTest {

    private final KeeperHarness harness = new KeeperHarness();
    private final TokenKeeper keeper = harness.keeper;
    private final ControlledSource source = harness.source;
    private final SimulatedTime time = harness.time;

    @AfterEach
    void source_always_oneRequestAtATime() {
        source.assertNeverTwoUnderWay();
    }

    @Test
    void request_fails_allWaitingCallersGetTheCause() {
        CompletionStage<AccessToken> first = keeper.get();
        CompletionStage<AccessToken> second = keeper.get();
        HumeAuthenticationException cause = failure(Reason.CREDENTIALS_REJECTED);
        source.fail(cause);
        KeeperHarness.assertFailedWith(first, cause);
        KeeperHarness.assertFailedWith(second, cause);
    }

    @Test
    void get_duringBackoff_failsFastWithLastCauseAndRetryAt() {
        HumeAuthenticationException cause = harness.failed(Reason.CREDENTIALS_REJECTED);
        time.advance(Duration.ofMillis(50));
        HumeAuthenticationException fast = failureOf(keeper.get());
        assertThat(fast.reason()).isEqualTo(Reason.CREDENTIALS_REJECTED);
        assertThat(fast).hasCause(cause).hasMessageContaining("the cause").hasMessageContaining("150 ms");
        assertThat(fast.retryAt()).contains(SimulatedTime.START.plus(DELAY));
        assertThat(fast.account()).isEqualTo(cause.account());
        assertThat(source.requests()).isEqualTo(1);
    }

    @Test
    void get_backoffEnds_startsNextRequest() {
        harness.failed(Reason.TOKEN_ENDPOINT_UNAVAILABLE);
        harness.assertBackoffEndsAfter(DELAY);
    }

    @Test
    void status_failed_containsCauseAndRetryAt() {
        HumeAuthenticationException cause = harness.failed(Reason.TOKEN_ENDPOINT_UNAVAILABLE);
        TokenStatus status = keeper.status();
        assertThat(status.failures()).isEqualTo(1);
        assertThat(status.lastFailure()).isSameAs(cause);
        assertThat(status.retryAt()).isEqualTo(SimulatedTime.START.plus(DELAY));
        time.advance(DELAY);
        assertThat(keeper.status().retryAt()).isNull();
    }

    @Test
    void request_succeedsAfterFailures_resetsFailuresAndBackoff() {
        failTimes(3);
        time.advance(DELAY.multipliedBy(4));
        harness.acquired("a");
        TokenStatus status = keeper.status();
        assertThat(status.failures()).isZero();
        assertThat(status.lastFailure()).isNull();
        assertThat(status.retryAt()).isNull();
        time.advance(LIFETIME);
        harness.failed(Reason.TOKEN_ENDPOINT_UNAVAILABLE);
        harness.assertBackoffEndsAfter(DELAY);
    }

    @Test
    void request_failsWhileTokenLives_tokenStaysInUse() {
        AccessToken token = harness.staleWithRequest("a");
        source.fail(failure(Reason.TOKEN_ENDPOINT_UNAVAILABLE));
        assertThat(keeper.get().toCompletableFuture()).isCompletedWithValue(token);
        time.advance(DELAY.minusNanos(1));
        assertThat(keeper.current()).isSameAs(token);
        assertThat(source.requests()).as("none while the back-off is not over").isEqualTo(2);
        time.advance(Duration.ofNanos(1));
        assertThat(keeper.current()).isSameAs(token);
        assertThat(source.requests()).isEqualTo(3);
    }

    @Test
    void request_failsUntilTokenExpires_callersGetTheCause() {
        harness.staleWithRequest("a");
        source.fail(failure(Reason.CREDENTIALS_REJECTED, time.now().plus(Duration.ofMinutes(9))));
        time.advance(Duration.ofMinutes(6));
        assertThat(failureOf(keeper.get()).reason()).isEqualTo(Reason.CREDENTIALS_REJECTED);
        assertThat(source.requests()).isEqualTo(2);
    }

    @Test
    void backoff_failuresInARow_doubles() {
        for (int failures = 1; failures <= 7; failures++) {
            failTimes(1);
            Duration wait = DELAY.multipliedBy(1L << (failures - 1));
            assertThat(waitTime()).as("after %s failures", failures).isEqualTo(wait);
            time.advance(wait);
        }
    }

    @Test
    void backoff_manyFailures_staysAtTheLimit() {
        for (int failures = 1; failures <= 80; failures++) {
            failTimes(1);
            if (failures > 8) {
                assertThat(waitTime()).as("after %s failures", failures).isEqualTo(MAX_DELAY);
            }
            time.advance(MAX_DELAY);
        }
        assertThat(keeper.status().failures()).isEqualTo(80);
    }

    @Test
    void backoff_jittered_addsUpToAQuarter() {
        harness.random = 0.5;
        failTimes(1);
        assertThat(waitTime()).isEqualTo(Duration.ofMillis(225));
    }

    @Test
    void backoff_tickingThroughAnOutage_keepsToTheLimit() {
        keeper.acquire();
        for (int second = 0; second < 3600; second++) {
            if (source.underWay()) {
                source.fail(failure(Reason.TOKEN_ENDPOINT_UNAVAILABLE));
            }
            harness.tickFor(Duration.ofSeconds(1));
        }
        assertThat(source.requests()).isBetween(115, 130);
    }

    @Test
    void retryAfter_longerThanBackoff_isHonoured() {
        failWithRetryAfter(Duration.ofSeconds(45));
        harness.assertBackoffEndsAfter(Duration.ofSeconds(45));
    }

    @Test
    void retryAfter_ofMinutes_isInSecondsInTheMessage() {
        failWithRetryAfter(Duration.ofMinutes(2));
        time.advance(Duration.ofMillis(500));
        assertThat(failureOf(keeper.get())).hasMessageContaining("the next attempt is due in 120 s");
    }

    @Test
    void retryAfter_shorterThanBackoff_backoffWins() {
        failWithRetryAfter(Duration.ofMillis(1));
        harness.assertBackoffEndsAfter(DELAY);
    }

    @Test
    void retryAfter_excessive_isCappedAtTenMinutes() {
        failWithRetryAfter(Duration.ofDays(400_000));
        harness.assertBackoffEndsAfter(Duration.ofMinutes(10));
    }

    @Test
    void retryAfter_past_backoffWins() {
        failWithRetryAfter(Duration.ofHours(-1));
        harness.assertBackoffEndsAfter(DELAY);
    }

    @Test
    void retryAfter_centuriesPast_backoffWins() {
        // Further back than nanoseconds can count: the date of a server with a broken clock.
        CompletionStage<AccessToken> got = keeper.get();
        HumeAuthenticationException cause = failure(Reason.TOKEN_ENDPOINT_RATE_LIMITED,
                Instant.parse("0001-01-01T00:00:00Z"));
        source.fail(cause);
        KeeperHarness.assertFailedWith(got, cause);
        harness.assertBackoffEndsAfter(DELAY);
    }

    @Test
    void retryAfter_tokenLives_tokenStaysInUse() {
        AccessToken token = harness.staleWithRequest("a");
        source.fail(failure(Reason.TOKEN_ENDPOINT_RATE_LIMITED, time.now().plus(Duration.ofMinutes(3))));
        harness.tickFor(Duration.ofMinutes(3).minusSeconds(1));
        assertThat(keeper.current()).isSameAs(token);
        assertThat(source.requests()).isEqualTo(2);
        harness.tickFor(Duration.ofSeconds(1));
        assertThat(source.requests()).isEqualTo(3);
    }

    @Test
    void failingSince_failuresInARow_isTheFirstOfThem() {
        time.advance(Duration.ofMinutes(2));
        Instant first = time.now();
        failTimes(3);
        assertThat(keeper.status().failingSince()).isEqualTo(first).isBefore(time.now());
        assertThat(keeper.status().lastFailure()).isNotNull();
    }

    @Test
    void failingSince_tokenValid_isTheFirstFailure() {
        harness.staleWithRequest("a");
        Instant first = time.now();
        source.fail(failure(Reason.TOKEN_ENDPOINT_UNAVAILABLE));
        time.advance(Duration.ofMinutes(6));
        assertThat(keeper.status().present()).isFalse();
        assertThat(keeper.status().failingSince()).isEqualTo(first);
    }

    @Test
    void failingSince_success_startsAnew() {
        failTimes(2);
        time.advance(MAX_DELAY);
        harness.acquired("a");
        assertThat(keeper.status().failingSince()).isNull();
        time.advance(LIFETIME);
        Instant again = time.now();
        failTimes(1);
        assertThat(keeper.status().failingSince()).isEqualTo(again);
    }

    @Test
    void failingSince_credentialsChanged_isOver() {
        failTimes(2);
        keeper.credentialsChanged();
        assertThat(keeper.status().failingSince()).isNull();
        assertThat(keeper.status().lastFailure()).isNull();
    }

    @Test
    void failingSince_closed_isTheEnd() {
        harness.acquired("a");
        time.advance(Duration.ofMinutes(1));
        keeper.close();
        assertThat(keeper.status().lastFailure().reason()).isEqualTo(Reason.CLOSED);
        assertThat(keeper.status().failingSince()).isEqualTo(time.now());
    }

    private void failTimes(int times) {
        for (int i = 0; i < times; i++) {
            time.advance(i == 0 ? Duration.ZERO : MAX_DELAY);
            harness.failed(Reason.TOKEN_ENDPOINT_UNAVAILABLE);
        }
    }

    private void failWithRetryAfter(Duration patience) {
        keeper.get();
        source.fail(failure(Reason.TOKEN_ENDPOINT_RATE_LIMITED, time.now().plus(patience)));
    }

    private Duration waitTime() {
        return Duration.between(time.now(), keeper.status().retryAt());
    }
}
