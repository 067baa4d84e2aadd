package io.quarkiverse.hume.runtime.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefreshPolicyTest {

    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(30));

    @ParameterizedTest
    @CsvSource({ "1,200", "2,400", "3,800", "7,12800", "8,25600", "9,30000", "31,30000", "32,30000", "63,30000", "64,30000",
            "65,30000", "2147483647,30000" })
    void backoff_withoutJitter_doublesUpToTheLimit(int failures, long millis) {
        assertThat(BACKOFF.nanos(failures, 0)).isEqualTo(Duration.ofMillis(millis).toNanos());
    }

    @ParameterizedTest
    @ValueSource(ints = { 1, 9, 60, 1000 })
    void backoff_jittered_addsLessThanAQuarter(int failures) {
        long plain = BACKOFF.nanos(failures, 0);
        assertThat(BACKOFF.nanos(failures, 0.4)).isEqualTo(plain + plain / 10);
        assertThat(BACKOFF.nanos(failures, Math.nextDown(1.0))).isBetween(plain, plain + plain / 4);
    }

    @Test
    void backoff_hugeLimit_doesNotOverflow() {
        Backoff huge = new Backoff(Duration.ofDays(1), Duration.ofDays(80_000));
        assertThat(huge.nanos(70, 0.9)).isBetween(Duration.ofDays(20_000).toNanos(), Long.MAX_VALUE / 2);
        Backoff absurd = new Backoff(Duration.ofSeconds(Long.MAX_VALUE), Duration.ofSeconds(Long.MAX_VALUE));
        assertThat(absurd.nanos(1, 0.9)).isBetween(Duration.ofDays(20_000).toNanos(), Long.MAX_VALUE / 2);
    }

    @ParameterizedTest
    @CsvSource({ "1800,300", "600,300", "599,119.8", "300,60", "10,2", "0.001,0.0002" })
    void refreshWindow_lifetime_isTheConfiguredTimeOrAFifth(double lifetime, double window) {
        RefreshPolicy policy = new RefreshPolicy(Duration.ofMinutes(5), Duration.ofSeconds(5), BACKOFF, Duration.ofSeconds(1));
        assertThat(policy.refreshWindow(nanos(lifetime), 0)).isEqualTo(nanos(window));
    }

    @Test
    void refreshWindow_jittered_shrinksByUpToATenth() {
        RefreshPolicy policy = new RefreshPolicy(Duration.ofMinutes(5), Duration.ofSeconds(5), BACKOFF, Duration.ofSeconds(1));
        long window = policy.refreshWindow(nanos(1800), Math.nextDown(1.0));
        assertThat(window).isBetween(nanos(270), nanos(270) + 1000);
    }

    @ParameterizedTest
    @CsvSource({ "1800,3", "60,3", "20,1", "1,0.05" })
    void expiryMargin_lifetime_isATwentiethAtMostThreeSeconds(double lifetime, double margin) {
        assertThat(RefreshPolicy.expiryMargin(nanos(lifetime))).isEqualTo(nanos(margin));
    }

    @ParameterizedTest
    @CsvSource({ "1800,5", "25,5", "10,2" })
    void youngAge_lifetime_isAFifthAtMostFiveSeconds(double lifetime, double age) {
        assertThat(RefreshPolicy.youngAge(nanos(lifetime))).isEqualTo(nanos(age));
    }

    @ParameterizedTest
    @CsvSource({ "200,0,1000", "200,1,750", "3000,0,3000" })
    void callerWait_isASecondOrTheConfiguredDelayIfThatIsLonger(long delay, double random, long millis) {
        RefreshPolicy policy = new RefreshPolicy(Duration.ofMinutes(5), Duration.ofSeconds(5),
                new Backoff(Duration.ofMillis(delay), Duration.ofSeconds(30)), Duration.ofSeconds(1));
        assertThat(policy.callerWait(random)).isEqualTo(Duration.ofMillis(millis).toNanos());
    }

    @Test
    void nanos_overflow_isLimited() {
        assertThat(RefreshPolicy.nanos(Duration.ofSeconds(Long.MAX_VALUE))).isEqualTo(Long.MAX_VALUE / 4);
        assertThat(RefreshPolicy.nanos(Duration.ofDays(1))).isEqualTo(nanos(86_400));
    }

    private static long nanos(double seconds) {
        return Math.round(seconds * 1_000_000_000L);
    }
}
