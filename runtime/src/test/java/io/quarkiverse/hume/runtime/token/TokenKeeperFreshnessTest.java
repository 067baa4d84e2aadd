package io.quarkiverse.hume.runtime.token;

import static io.quarkiverse.hume.runtime.token.KeeperHarness.LIFETIME;
import static io.quarkiverse.hume.runtime.token.KeeperHarness.REFRESH_BEFORE;
import static io.quarkiverse.hume.runtime.token.KeeperHarness.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.hume.AccessToken;
import io.quarkiverse.hume.HumeAuthenticationException.Reason;

class TokenKeeperFreshnessTest {

    private static final Duration MARGIN = Duration.ofSeconds(3);
    private static final Duration NANO = Duration.ofNanos(1);

    private final KeeperHarness harness = new KeeperHarness();
    private final TokenKeeper keeper = harness.keeper;
    private final ControlledSource source = harness.source;
    private final SimulatedTime time = harness.time;

    @AfterEach
    void source_always_oneRequestAtATime() {
        source.assertNeverTwoUnderWay();
    }

    @Test
    void get_cold_startsOneRequestForAllCallers() {
        CompletionStage<AccessToken> first = keeper.get();
        CompletionStage<AccessToken> second = keeper.get();
        assertThat(source.requests()).isEqualTo(1);
        AccessToken token = source.succeed("a", LIFETIME);
        assertThat(first.toCompletableFuture().join()).isSameAs(token);
        assertThat(second.toCompletableFuture().join()).isSameAs(token);
        assertThat(source.requests()).isEqualTo(1);
    }

    @Test
    void current_cold_isNullAndStartsNothing() {
        assertThat(keeper.current()).isNull();
        assertThat(source.requests()).isZero();
    }

    @Test
    void get_callerCancels_othersStillGetTheToken() {
        CompletableFuture<AccessToken> impatient = keeper.get().toCompletableFuture();
        CompletionStage<AccessToken> patient = keeper.get();
        impatient.cancel(true);
        AccessToken token = source.succeed("a", LIFETIME);
        assertThat(patient.toCompletableFuture()).isCompletedWithValue(token);
        assertThat(keeper.current()).isSameAs(token);
    }

    @Test
    void get_fresh_returnsSameInstanceWithoutRequest() {
        AccessToken token = harness.acquired("a");
        time.advance(LIFETIME.minus(REFRESH_BEFORE).minus(NANO));
        assertThat(keeper.get().toCompletableFuture().join()).isSameAs(token);
        assertThat(keeper.current()).isSameAs(token);
        assertThat(source.requests()).isEqualTo(1);
    }

    @Test
    void get_stale_returnsAtOnceAndStartsOneRequest() {
        AccessToken token = harness.acquired("a");
        time.advance(LIFETIME.minus(REFRESH_BEFORE));
        for (int call = 0; call < 5; call++) {
            assertThat(keeper.get().toCompletableFuture()).isCompletedWithValue(token);
        }
        assertThat(source.requests()).isEqualTo(2);
    }

    @Test
    void get_renewed_returnsNewToken() {
        AccessToken old = harness.staleWithRequest("a");
        AccessToken renewed = source.succeed("b", LIFETIME);
        assertThat(keeper.get().toCompletableFuture()).isCompletedWithValue(renewed);
        assertThat(renewed).isNotEqualTo(old);
        assertThat(source.requests()).isEqualTo(2);
    }

    @Test
    void get_expiredDuringRequest_joinsIt() {
        AccessToken old = harness.acquired("a");
        time.advance(LIFETIME.minus(MARGIN).minusSeconds(1));
        assertThat(keeper.current()).isSameAs(old);
        time.advance(Duration.ofSeconds(2));
        CompletionStage<AccessToken> got = keeper.get();
        assertThat(got.toCompletableFuture()).isNotDone();
        AccessToken renewed = source.succeed("b", LIFETIME);
        assertThat(got.toCompletableFuture()).isCompletedWithValue(renewed);
        assertThat(source.requests()).isEqualTo(2);
    }

    @Test
    void get_expiredWithoutRequest_startsIt() {
        harness.acquired("a");
        time.advance(LIFETIME.plusDays(1));
        CompletionStage<AccessToken> got = keeper.get();
        assertThat(got.toCompletableFuture()).isNotDone();
        assertThat(source.requests()).isEqualTo(2);
        AccessToken renewed = source.succeed("b", LIFETIME);
        assertThat(got.toCompletableFuture()).isCompletedWithValue(renewed);
    }

    @Test
    void token_longLived_countsAsExpiredThreeSecondsEarly() {
        AccessToken token = harness.acquired("a");
        time.advance(LIFETIME.minus(MARGIN).minus(NANO));
        assertThat(keeper.current()).isSameAs(token);
        time.advance(NANO);
        assertThat(keeper.current()).isNull();
    }

    @Test
    void token_shortLived_countsAsExpiredATwentiethEarly() {
        AccessToken token = harness.acquired("a", Duration.ofSeconds(20));
        time.advance(Duration.ofSeconds(19).minus(NANO));
        assertThat(keeper.current()).isSameAs(token);
        time.advance(NANO);
        assertThat(keeper.current()).isNull();
    }

    @Test
    void token_livesTwiceTheRefreshTime_renewedAtTheRefreshTime() {
        assertRenewedAfter(Duration.ofMinutes(10), Duration.ofMinutes(5));
    }

    @Test
    void token_livesLessThanTwiceTheRefreshTime_renewedAfterFourFifths() {
        assertRenewedAfter(Duration.ofMinutes(8), Duration.ofMinutes(8).multipliedBy(4).dividedBy(5));
    }

    @Test
    void token_livesShorterThanTheRefreshTime_renewedAfterFourFifths() {
        assertRenewedAfter(Duration.ofSeconds(10), Duration.ofSeconds(8));
    }

    @Test
    void token_jittered_renewedUpToATenthOfTheWindowLater() {
        harness.random = 0.5;
        assertRenewedAfter(LIFETIME, LIFETIME.minus(REFRESH_BEFORE).plusSeconds(15));
    }

    private void assertRenewedAfter(Duration lifetime, Duration expected) {
        harness.acquired("a", lifetime);
        time.advance(expected.minus(NANO));
        keeper.current();
        assertThat(source.requests()).as("requests just before %s", expected).isEqualTo(1);
        time.advance(NANO);
        keeper.current();
        assertThat(source.requests()).as("requests at %s", expected).isEqualTo(2);
    }

    @Test
    void tick_tokenDue_renewsWithoutACall() {
        AccessToken old = harness.acquired("a");
        harness.tickFor(LIFETIME.minus(REFRESH_BEFORE).minusSeconds(1));
        assertThat(source.requests()).isEqualTo(1);
        harness.tickFor(Duration.ofSeconds(2));
        assertThat(source.requests()).isEqualTo(2);
        assertThat(keeper.current()).isSameAs(old);
        AccessToken renewed = source.succeed("b", LIFETIME);
        assertThat(keeper.current()).isSameAs(renewed);
    }

    @Test
    void tick_neverWanted_doesNothing() {
        harness.tickFor(Duration.ofMinutes(1));
        assertThat(source.requests()).isZero();
    }

    @Test
    void tick_neverWantedAndCredentialsChanged_doesNothing() {
        keeper.credentialsChanged();
        harness.tickFor(Duration.ofMinutes(1));
        assertThat(source.requests()).isZero();
    }

    @Test
    void tick_wantedButFailed_triesAgainAfterTheBackoff() {
        harness.failed(Reason.TOKEN_ENDPOINT_UNAVAILABLE);
        keeper.tick();
        assertThat(source.requests()).isEqualTo(1);
        time.advance(KeeperHarness.DELAY);
        keeper.tick();
        assertThat(source.requests()).isEqualTo(2);
    }

    @Test
    void acquire_cold_startsOnce() {
        keeper.acquire();
        keeper.acquire();
        assertThat(source.requests()).isEqualTo(1);
        AccessToken token = source.succeed("a", LIFETIME);
        assertThat(keeper.current()).isSameAs(token);
    }

    @Test
    void acquire_cold_countsAsWanted() {
        keeper.acquire();
        source.succeed("a", LIFETIME);
        time.advance(LIFETIME);
        keeper.tick();
        assertThat(source.requests()).isEqualTo(2);
    }

    @Test
    void acquire_fresh_doesNothing() {
        harness.acquired("a");
        keeper.acquire();
        assertThat(source.requests()).isEqualTo(1);
    }

    @Test
    void acquire_duringBackoff_doesNothing() {
        harness.failed(Reason.TOKEN_ENDPOINT_UNAVAILABLE);
        keeper.acquire();
        assertThat(source.requests()).isEqualTo(1);
    }

    @Test
    void acquire_stale_renews() {
        harness.acquired("a");
        time.advance(LIFETIME.minus(REFRESH_BEFORE));
        keeper.acquire();
        assertThat(source.requests()).isEqualTo(2);
    }

    @Test
    void status_beforeTheFirstRequest_isEmpty() {
        assertThat(keeper.status()).isEqualTo(new TokenStatus(false, null, null, null, false, 0, null, null, null, false));
    }

    @Test
    void status_tokenHeld_containsItsTimes() {
        harness.acquired("a");
        time.advance(Duration.ofMinutes(7));
        Instant start = SimulatedTime.START;
        assertThat(keeper.status()).isEqualTo(new TokenStatus(true, start, start.plus(LIFETIME).minus(REFRESH_BEFORE),
                start.plus(LIFETIME), false, 0, null, null, null, false));
    }

    @Test
    void status_requestInProgress_isReported() {
        keeper.get();
        assertThat(keeper.status().refreshing()).isTrue();
        time.advance(TIMEOUT);
        assertThat(keeper.status().refreshing()).isFalse();
    }
}
