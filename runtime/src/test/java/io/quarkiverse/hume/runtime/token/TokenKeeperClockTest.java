package io.quarkiverse.hume.runtime.token;

import static io.quarkiverse.hume.runtime.token.KeeperHarness.DELAY;
import static io.quarkiverse.hume.runtime.token.KeeperHarness.LIFETIME;
import static io.quarkiverse.hume.runtime.token.KeeperHarness.MAX_DELAY;
import static io.quarkiverse.hume.runtime.token.KeeperHarness.REFRESH_BEFORE;
import static io.quarkiverse.hume.runtime.token.KeeperHarness.failure;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.hume.AccessToken;
import io.quarkiverse.hume.HumeAuthenticationException.Reason;

/** A wall clock that is set, and a suspended process whose wall clock continues. */
class TokenKeeperClockTest {

    private final KeeperHarness harness = new KeeperHarness();
    private final TokenKeeper keeper = harness.keeper;
    private final ControlledSource source = harness.source;
    private final SimulatedTime time = harness.time;

    @AfterEach
    void source_always_oneRequestAtATime() {
        source.assertNeverTwoUnderWay();
    }

    @ParameterizedTest
    @ValueSource(longs = { 10, 60, 3_600, 31_536_000 })
    void wallClock_jumpsForward_renewsOnce(long seconds) {
        AccessToken old = harness.acquired("a");
        time.jumpWallClock(Duration.ofSeconds(seconds));
        keeper.tick();
        assertThat(source.requests()).isEqualTo(2);
        assertThat(keeper.current()).as("nobody waits for it").isSameAs(old);
        AccessToken renewed = source.succeed("b", LIFETIME);
        harness.tickFor(LIFETIME.minus(REFRESH_BEFORE).minusSeconds(1));
        assertThat(keeper.current()).isSameAs(renewed);
        assertThat(source.requests()).as("no storm").isEqualTo(2);
    }

    @Test
    void wallClock_slewedBySeconds_isIgnored() {
        harness.acquired("a");
        time.jumpWallClock(Duration.ofSeconds(5));
        keeper.tick();
        assertThat(source.requests()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(longs = { 10, 3_600, 31_536_000 })
    void wallClock_jumpsBack_tokenAgesOn(long seconds) {
        harness.acquired("a");
        time.jumpWallClock(Duration.ofSeconds(-seconds));
        harness.tickFor(LIFETIME.minus(REFRESH_BEFORE).minusSeconds(1));
        assertThat(source.requests()).as("no storm").isEqualTo(1);
        harness.tickFor(Duration.ofSeconds(2));
        assertThat(source.requests()).as("the monotonic clock counts").isEqualTo(2);
        AccessToken renewed = source.succeed("b", LIFETIME);
        harness.tickFor(Duration.ofMinutes(20));
        assertThat(keeper.current()).isSameAs(renewed);
        assertThat(source.requests()).isEqualTo(2);
    }

    @Test
    void wallClock_jumpsForwardDuringOutage_backoffHolds() {
        AccessToken token = harness.acquired("a");
        time.jumpWallClock(Duration.ofHours(2));
        for (int second = 0; second < 600; second++) {
            harness.tickFor(Duration.ofSeconds(1));
            if (source.underWay()) {
                source.fail(failure(Reason.TOKEN_ENDPOINT_UNAVAILABLE));
            }
        }
        assertThat(source.requests()).isBetween(20, 30);
        assertThat(keeper.current()).isSameAs(token);
    }

    @Test
    void wallClock_jumpsDuringBackoff_backoffKeepsItsTime() {
        harness.failed(Reason.TOKEN_ENDPOINT_UNAVAILABLE);
        time.jumpWallClock(Duration.ofDays(1));
        assertThat(keeper.status().retryAt()).isEqualTo(time.now().plus(DELAY));
        harness.assertBackoffEndsAfter(DELAY);
    }

    @Test
    void wallClock_jumpsBackDuringRetryAfter_waitsNoLonger() {
        keeper.get();
        source.fail(failure(Reason.TOKEN_ENDPOINT_RATE_LIMITED, time.now().plus(MAX_DELAY)));
        time.jumpWallClock(Duration.ofDays(-1));
        harness.assertBackoffEndsAfter(MAX_DELAY);
    }

    @Test
    void wallClock_jumpsDuringRequest_deadlineAndTokenAreUnaffected() {
        keeper.get();
        time.jumpWallClock(Duration.ofDays(1));
        time.advance(Duration.ofSeconds(4));
        AccessToken token = source.succeed("a", LIFETIME);
        assertThat(keeper.current()).isSameAs(token);
        keeper.tick();
        assertThat(source.requests()).isEqualTo(1);
    }

    @Test
    void process_suspendedPastTheExpiry_firstTickRenews() {
        harness.acquired("a");
        harness.tickFor(Duration.ofMinutes(1));
        // The monotonic clock does not advance while the machine is suspended.
        time.jumpWallClock(Duration.ofHours(8));
        harness.tickFor(Duration.ofSeconds(1));
        assertThat(source.requests()).isEqualTo(2);
        AccessToken renewed = source.succeed("b", LIFETIME);
        harness.tickFor(Duration.ofMinutes(20));
        assertThat(keeper.current()).isSameAs(renewed);
        assertThat(source.requests()).isEqualTo(2);
    }

    @Test
    void process_pausedPastTheExpiry_oneRequestForAll() {
        harness.acquired("a");
        time.advance(Duration.ofHours(8));
        keeper.tick();
        keeper.get();
        keeper.get();
        assertThat(source.requests()).isEqualTo(2);
    }
}
