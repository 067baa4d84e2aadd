package io.quarkiverse.hume.runtime.token;

import static io.quarkiverse.hume.runtime.token.KeeperHarness.DELAY;
import static io.quarkiverse.hume.runtime.token.KeeperHarness.LIFETIME;
import static io.quarkiverse.hume.runtime.token.KeeperHarness.TIMEOUT;
import static io.quarkiverse.hume.runtime.token.KeeperHarness.failure;
import static io.quarkiverse.hume.runtime.token.KeeperHarness.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.hume.AccessToken;
import io.quarkiverse.hume.HumeAuthenticationException.Reason;

/** Changed credentials, and the close of the keeper. */
class TokenKeeperChangeTest {

    private final KeeperHarness harness = new KeeperHarness();
    private final TokenKeeper keeper = harness.keeper;
    private final ControlledSource source = harness.source;
    private final SimulatedTime time = harness.time;

    @AfterEach
    void source_always_oneRequestAtATime() {
        source.assertNeverTwoUnderWay();
    }

    @Test
    void credentialsChanged_tokenHeld_fetchesNewOneAndKeepsOldUntilThen() {
        AccessToken old = harness.acquired("a");
        keeper.credentialsChanged();
        assertThat(source.requests()).isEqualTo(2);
        assertThat(keeper.current()).isSameAs(old);
        AccessToken renewed = source.succeed("b", LIFETIME);
        assertThat(keeper.current()).isSameAs(renewed);
    }

    @Test
    void credentialsChanged_neverWanted_startsNothing() {
        keeper.credentialsChanged();
        assertThat(source.requests()).isZero();
    }

    @Test
    void credentialsChanged_duringBackoff_endsItAndForgetsFailures() {
        harness.failed(Reason.CREDENTIALS_REJECTED);
        keeper.credentialsChanged();
        assertThat(source.requests()).isEqualTo(2);
        assertThat(keeper.status().failures()).isZero();
        assertThat(keeper.status().lastFailure()).isNull();
        source.fail(failure(Reason.CREDENTIALS_REJECTED));
        harness.assertBackoffEndsAfter(DELAY);
    }

    @Test
    void credentialsChanged_afterFailures_successEndsTheOutage() {
        harness.failed(Reason.CREDENTIALS_REJECTED);
        keeper.credentialsChanged();
        source.fail(failure(Reason.TOKEN_ENDPOINT_UNAVAILABLE));
        time.advance(DELAY);
        keeper.get();
        source.succeed("a", LIFETIME);
        assertThat(harness.events).endsWith("recovered 2");
        keeper.credentialsChanged();
        source.succeed("b", LIFETIME);
        assertThat(harness.events).filteredOn(event -> event.startsWith("recovered")).hasSize(1);
    }

    @Test
    void credentialsChanged_requestUnderWaySucceeds_callersGetTheNewOnesToken() {
        CompletionStage<AccessToken> waiting = keeper.get();
        keeper.credentialsChanged();
        assertThat(source.requests()).as("one at a time").isEqualTo(1);
        AccessToken outdated = source.succeed("a", LIFETIME);
        assertThat(waiting.toCompletableFuture()).isNotDone();
        assertThat(keeper.current()).isNull();
        assertThat(source.requests()).isEqualTo(2);
        CompletionStage<AccessToken> later = keeper.get();
        AccessToken renewed = source.succeed("b", LIFETIME);
        assertThat(waiting.toCompletableFuture()).isCompletedWithValue(renewed);
        assertThat(later.toCompletableFuture()).isCompletedWithValue(renewed);
        assertThat(keeper.current()).isSameAs(renewed).isNotEqualTo(outdated);
    }

    @Test
    void credentialsChanged_requestUnderWayFails_callersGetTheNewOnesToken() {
        CompletionStage<AccessToken> waiting = keeper.get();
        keeper.credentialsChanged();
        source.fail(failure(Reason.CREDENTIALS_REJECTED));
        assertThat(waiting.toCompletableFuture()).isNotDone();
        AccessToken renewed = source.succeed("b", LIFETIME);
        assertThat(waiting.toCompletableFuture()).isCompletedWithValue(renewed);
        assertThat(keeper.status().failures()).isZero();
        assertThat(harness.events).hasSize(1);
    }

    @Test
    void credentialsChanged_requestUnderWayHangs_callersWaitNoLongerThanTheTimeout() {
        CompletionStage<AccessToken> waiting = keeper.get();
        keeper.credentialsChanged();
        time.advance(TIMEOUT);
        assertThat(failureOf(waiting).reason()).isEqualTo(Reason.TOKEN_ENDPOINT_TIMEOUT);
        assertThat(time.scheduled()).isZero();
        harness.assertBackoffEndsAfter(DELAY);
    }

    @Test
    void credentialsChanged_requestUnderWayFailsLate_theNextOneHasWhatIsLeftOfTheTime() {
        CompletionStage<AccessToken> waiting = keeper.get();
        for (int change = 0; change < 3; change++) {
            keeper.credentialsChanged();
            time.advance(TIMEOUT.dividedBy(5));
            source.fail(failure(Reason.CREDENTIALS_REJECTED));
        }
        assertThat(source.requests()).isEqualTo(4);
        time.advance(TIMEOUT.multipliedBy(2).dividedBy(5).minusNanos(1));
        assertThat(waiting.toCompletableFuture()).isNotDone();
        time.advance(Duration.ofNanos(1));
        assertThat(failureOf(waiting).reason()).isEqualTo(Reason.TOKEN_ENDPOINT_TIMEOUT);
        assertThat(time.scheduled()).isZero();
    }

    @Test
    void credentialsChanged_callersWaitForTheBackoff_theyGetTheNewOnesTokenAtOnce() {
        KeeperHarness patient = new KeeperHarness(Duration.ofSeconds(1));
        patient.failed(Reason.TOKEN_ENDPOINT_UNAVAILABLE);
        CompletionStage<AccessToken> waiting = patient.keeper.get();
        assertThat(patient.source.requests()).isEqualTo(1);
        patient.keeper.credentialsChanged();
        assertThat(patient.source.requests()).isEqualTo(2);
        AccessToken token = patient.source.succeed("b", LIFETIME);
        assertThat(waiting.toCompletableFuture()).isCompletedWithValue(token);
        assertThat(patient.time.scheduled()).isZero();
        patient.source.assertNeverTwoUnderWay();
    }

    @Test
    void credentialsChanged_newRequestFails_callersGetItsCauseAndOldTokenStays() {
        AccessToken old = harness.acquired("a");
        keeper.credentialsChanged();
        source.fail(failure(Reason.CREDENTIALS_REJECTED));
        assertThat(keeper.current()).isSameAs(old);
        keeper.reject(old);
        assertThat(failureOf(keeper.get()).reason()).isEqualTo(Reason.CREDENTIALS_REJECTED);
    }

    @Test
    void credentialsChanged_twiceDuringRequest_oneMoreRequest() {
        CompletionStage<AccessToken> waiting = keeper.get();
        keeper.credentialsChanged();
        keeper.credentialsChanged();
        source.succeed("a", LIFETIME);
        assertThat(source.requests()).isEqualTo(2);
        AccessToken renewed = source.succeed("b", LIFETIME);
        assertThat(waiting.toCompletableFuture()).isCompletedWithValue(renewed);
        assertThat(source.requests()).isEqualTo(2);
    }

    @Test
    void credentialsChanged_duringRenewal_oldTokenStaysUntilTheNewRequestSucceeds() {
        AccessToken old = harness.staleWithRequest("a");
        keeper.credentialsChanged();
        source.succeed("outdated", LIFETIME);
        assertThat(keeper.current()).isSameAs(old);
        AccessToken renewed = source.succeed("b", LIFETIME);
        assertThat(keeper.current()).isSameAs(renewed);
    }

    @Test
    void close_requestUnderWay_callersGetTypedErrorAndRequestIsAbandoned() {
        CompletionStage<AccessToken> waiting = keeper.get();
        keeper.close();
        assertThat(failureOf(waiting).reason()).isEqualTo(Reason.CLOSED);
        assertThat(source.last()).isCancelled();
        assertThat(time.scheduled()).as("timers").isZero();
    }

    @Test
    void close_tokenHeld_laterCallersGetTypedError() {
        AccessToken token = harness.acquired("a");
        keeper.close();
        assertThat(keeper.current()).isNull();
        assertThat(failureOf(keeper.get()).reason()).isEqualTo(Reason.CLOSED);
        keeper.reject(token);
        keeper.accepted(token);
        assertThat(failureOf(keeper.get()).reason()).isEqualTo(Reason.CLOSED);
    }

    @Test
    void close_afterwards_nothingStartsARequest() {
        harness.acquired("a");
        keeper.close();
        time.advance(LIFETIME.plus(Duration.ofHours(1)));
        keeper.tick();
        keeper.acquire();
        keeper.credentialsChanged();
        keeper.get();
        assertThat(source.requests()).isEqualTo(1);
        assertThat(time.scheduled()).isZero();
    }

    @Test
    void close_afterFailure_callersLearnThatItIsClosed() {
        harness.failed(Reason.CREDENTIALS_REJECTED);
        keeper.close();
        assertThat(failureOf(keeper.get()).reason()).isEqualTo(Reason.CLOSED);
        assertThat(keeper.status().closed()).isTrue();
        assertThat(keeper.status().retryAt()).isNull();
    }

    @Test
    void close_twice_isHarmless() {
        CompletionStage<AccessToken> waiting = keeper.get();
        keeper.close();
        keeper.close();
        assertThat(failureOf(waiting).reason()).isEqualTo(Reason.CLOSED);
        assertThat(failureOf(keeper.get()).reason()).isEqualTo(Reason.CLOSED);
    }

    @Test
    void close_whileTheSourceIsAsked_abandonsItsRequest() {
        TokenKeeper[] holder = new TokenKeeper[1];
        holder[0] = harness.keeper(() -> {
            holder[0].close();
            return source.requestToken();
        });
        assertThat(failureOf(holder[0].get()).reason()).isEqualTo(Reason.CLOSED);
        assertThat(source.last()).isCancelled();
        assertThat(time.scheduled()).isZero();
    }
}
