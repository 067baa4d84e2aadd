package io.quarkiverse.hume.runtime.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Healthy calls beside a path of the API that answers 401 to any token. */
class TokenKeeperRejectingPathTest {

    private static final Duration LIFETIME = Duration.ofMinutes(30);

    /**
     * One at the start, then after 1, 3, 7, 15, 31 and 63 seconds, and at most one a minute from there. Before a call was
     * accepted, the back-off applies: after 0.2 to 3.2 seconds, then every five.
     */
    private static int mostRenewals(Duration duration, double healthyPerSecond) {
        long untilAccepted = (long) (1 / healthyPerSecond);
        return 7 + (int) duration.toMinutes() + (untilAccepted > 1 ? 5 + (int) untilAccepted / 5 : 0);
    }

    @ParameterizedTest
    @CsvSource({ "100,2", "100,10", "100,50", "100,200", "1,2", "1,50", "0.2,50", "0.02,50", "10,0.3" })
    void healthyCalls_neverFail(double healthyPerSecond, double rejectedPerSecond) {
        SimulatedCalls calls = new SimulatedCalls(LIFETIME);
        Duration duration = Duration.ofSeconds(60);
        calls.run(duration, healthyPerSecond, rejectedPerSecond);
        assertThat(calls.failures).as("%s healthy calls", calls.healthyCalls).isEmpty();
        assertThat(calls.tokenRequests).isLessThanOrEqualTo(1 + mostRenewals(duration, healthyPerSecond));
        // The rejected calls are retried only when there is another token.
        assertThat(calls.rejectedRequests - calls.rejectedCalls).isLessThan(calls.rejectedCalls / 2 + 20);
    }

    @Test
    void healthyCalls_neverFailWithShortLivedTokens() {
        SimulatedCalls calls = new SimulatedCalls(Duration.ofSeconds(20));
        calls.run(Duration.ofSeconds(120), 100, 10);
        assertThat(calls.failures).isEmpty();
        // Eight regular renewals, and between two of them at most five because of the 401s: at 0, 1, 3, 7 and 15 seconds.
        assertThat(calls.tokenRequests).isLessThanOrEqualTo(1 + 8 * 6);
    }

    @Test
    void tokenRequests_overAnHour_areAboutOneAMinute() {
        SimulatedCalls calls = new SimulatedCalls(LIFETIME);
        Duration duration = Duration.ofHours(1);
        calls.run(duration, 10, 5);
        assertThat(calls.failures).isEmpty();
        // Two regular renewals let the interval start anew.
        assertThat(calls.tokenRequests).isLessThanOrEqualTo(3 + 3 * 7 + 60);
    }

    @ParameterizedTest
    @CsvSource({ "100,0", "100,10", "5,0" })
    void revokedToken_allCallsRecoverWithOneRequest(double healthyPerSecond, double rejectedPerSecond) {
        SimulatedCalls calls = new SimulatedCalls(LIFETIME);
        calls.run(Duration.ofSeconds(5), healthyPerSecond, 0);
        calls.revokeAll();
        calls.run(Duration.ofSeconds(5), healthyPerSecond, rejectedPerSecond);
        assertThat(calls.failures).isEmpty();
        assertThat(calls.tokenRequests).isLessThanOrEqualTo(rejectedPerSecond == 0 ? 2 : 5);
    }

    @Test
    void rejectedCallsAlone_areBounded() {
        SimulatedCalls calls = new SimulatedCalls(LIFETIME);
        calls.run(Duration.ofSeconds(60), 0, 50);
        // The back-off takes 0.2 s to 5 s, since no API accepts these tokens.
        assertThat(calls.tokenRequests).isLessThanOrEqualTo(6 + 60 / 5);
        assertThat(calls.rejectedRequests).isLessThan(calls.rejectedCalls + 30);
    }
}
