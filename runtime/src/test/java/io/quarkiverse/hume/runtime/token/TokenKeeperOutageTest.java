package io.quarkiverse.hume.runtime.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.hume.runtime.token.SteadyCalls.Health;

/** The effect of an outage of the token endpoint on fifty calls a second. */
class TokenKeeperOutageTest {

    private static final Duration MAX_WAIT = Duration.ofSeconds(1);
    private static final Duration OUTAGE = Duration.ofSeconds(20);

    @ParameterizedTest
    @ValueSource(doubles = { 0, 0.3, 0.7, 0.999 })
    void outageOfTwentySeconds_failsFewerCallsThanAnIdealClientWithoutWaiting(double random) {
        SteadyCalls calls = new SteadyCalls(Duration.ofSeconds(10), MAX_WAIT, random);
        Instant end = outageAfter(calls, Duration.ofMillis(5300), Health.UNAVAILABLE);
        assertThat(calls.hopeless).as("a perfect client that never waits").isBetween(764, 765);
        assertThat(calls.failures).hasSizeLessThanOrEqualTo(765);
        assertThat(calls.requests).hasSizeLessThanOrEqualTo(30);
        // Those who wait for the first request after the end succeed; at the very end one may still be under way.
        assertThat(calls.successes.stream().filter(start -> !start.isBefore(end)).count()).isBetween(149L, 150L);
        assertThat(calls.longestWait).isLessThanOrEqualTo(MAX_WAIT.plusMillis(5));
    }

    @ParameterizedTest
    @ValueSource(doubles = { 0, 0.5, 0.999 })
    void callsThatNeverWait_requestsAreAboutASecondApart(double random) {
        SteadyCalls calls = new SteadyCalls(Duration.ofSeconds(10), Duration.ZERO, random);
        Instant end = outageAfter(calls, Duration.ofMillis(5300), Health.UNAVAILABLE);
        assertThat(calls.requests).hasSizeLessThanOrEqualTo(35);
        assertAttemptsAtMostApart(calls, Duration.ofMillis(1030));
        Instant firstSuccess = calls.successes.stream().filter(start -> !start.isBefore(end)).findFirst().orElseThrow();
        assertThat(Duration.between(end, firstSuccess)).isLessThan(Duration.ofMillis(1100));
        assertThat(calls.longestWait).isLessThanOrEqualTo(Duration.ofMillis(5));
    }

    @ParameterizedTest
    @CsvSource({ "20,0", "20,0.5", "20,0.999", "60,0.5", "1800,0.5" })
    void endpointIsDownWhileTheTokenIsValid_noCallFails(long lifetime, double random) {
        SteadyCalls calls = new SteadyCalls(Duration.ofSeconds(lifetime), MAX_WAIT, random);
        calls.run(Duration.ofMillis(20));
        Duration last = Duration.ofSeconds(10);
        calls.time.advance(Duration.ofSeconds(lifetime).minus(last).minusMillis(20));
        // A renewal may have come in between, and the token may end later than the first would have.
        calls.health = Health.UNAVAILABLE;
        calls.run(last);
        assertThat(calls.failures).isEmpty();
        assertThat(calls.successes).hasSize(calls.calls);
        assertThat(calls.calls).isEqualTo(501);
    }

    @ParameterizedTest
    @ValueSource(strings = { "UNAVAILABLE", "HANGING" })
    void outage_ofAnHour_aboutOneRequestASecondAndBoundedWaits(Health health) {
        SteadyCalls calls = new SteadyCalls(Duration.ofSeconds(10), MAX_WAIT, 0.5);
        calls.run(Duration.ofSeconds(5));
        calls.health = health;
        int before = calls.requests.size();
        calls.run(Duration.ofHours(1));
        assertThat(calls.requests.size() - before).isLessThan(health == Health.HANGING ? 720 : 4200);
        assertAttemptsAtMostApart(calls, health == Health.HANGING ? KeeperHarness.TIMEOUT.plusMillis(1030)
                : Duration.ofMillis(1030));
        assertThat(calls.longestWait).isLessThanOrEqualTo(MAX_WAIT.plus(KeeperHarness.TIMEOUT));
        assertThat(calls.failures.size()).isLessThanOrEqualTo(calls.hopeless);
        assertThat(calls.time.scheduled()).as("timers that are left").isLessThanOrEqualTo(2);
    }

    /** @return when the outage was over; three seconds more have passed then */
    private static Instant outageAfter(SteadyCalls calls, Duration before, Health health) {
        calls.run(before);
        calls.health = health;
        calls.run(OUTAGE);
        Instant end = calls.time.now();
        calls.health = Health.FINE;
        calls.run(Duration.ofSeconds(3));
        calls.time.advance(Duration.ofMillis(10));
        assertThat(calls.failures.size() + calls.successes.size()).as("calls that ended").isEqualTo(calls.calls);
        return end;
    }

    /** Between the first failure for want of a token and the last. */
    private static void assertAttemptsAtMostApart(SteadyCalls calls, Duration most) {
        Instant from = calls.failures.get(0);
        Instant to = calls.failures.get(calls.failures.size() - 1);
        Instant last = null;
        for (Instant request : calls.requests) {
            if (last != null && last.isAfter(from) && request.isBefore(to)) {
                assertThat(Duration.between(last, request)).isLessThanOrEqualTo(most);
            }
            last = request;
        }
    }
}
