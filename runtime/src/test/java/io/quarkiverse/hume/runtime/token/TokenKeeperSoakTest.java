package io.quarkiverse.hume.runtime.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Thirty simulated days of two accounts with failures of every kind. Repeat a failure with {@code -Dhume.soak.seed=<the
 * printed seed>}.
 */
class TokenKeeperSoakTest {

    private static final Duration DURATION = Duration.ofDays(30);
    private static final String SEED = "hume.soak.seed";

    static LongStream seeds() {
        Long given = Long.getLong(SEED);
        return given != null ? LongStream.of(given) : LongStream.of(1, 2, 3, new Random().nextLong());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void keepers_thirtyDaysOfFailures_keepTheGuarantees(long seed) {
        System.out.println(SEED + "=" + seed);
        Random random = new Random(seed);
        SimulatedTime time = new SimulatedTime();
        List<String> violations = new ArrayList<>();
        SoakAccount first = new SoakAccount("first", time, random, violations, false);
        SoakAccount second = new SoakAccount("second", time, random, violations, true);
        Instant end = time.now().plus(DURATION);
        while (time.now().isBefore(end) && violations.isEmpty()) {
            time.advance(Duration.ofMillis(100 + random.nextInt(1800)));
            first.live();
            second.live();
        }
        time.advance(Duration.ofMinutes(1));
        System.out.println(first + System.lineSeparator() + second);
        assertThat(violations).as(SEED + "=" + seed).isEmpty();
        assertKept(first, seed);
        assertKept(second, seed);
    }

    private static void assertKept(SoakAccount account, long seed) {
        long planned = DURATION.dividedBy(KeeperHarness.LIFETIME.minus(KeeperHarness.REFRESH_BEFORE));
        // A rejecting path gets a new token at most once a minute, and seven more after each token requested for another reason.
        long because401 = account.rejectedCalls == 0 ? account.revocations + account.keyChanges
                : Math.min(account.rejectedCalls, planned * 7 + DURATION.toMinutes());
        assertThat(account.endpoint.successes).as("tokens, %s=%s", SEED, seed)
                .isBetween((int) (planned * 0.8), (int) (planned + 1 + account.keyChanges + because401));
        assertThat(account.failedCalls).as("failed calls, %s=%s", SEED, seed).isLessThan(account.calls / 20);
        assertThat(account.unauthorizedCalls).as("calls with 401, %s=%s", SEED, seed).isLessThan(account.calls / 100);
        assertThat(account.calls).isGreaterThan(100_000);
        // Without misfortune the rest would prove nothing.
        assertThat(List.of(account.outages, account.revocations, account.keyChanges, account.failedCalls,
                account.endpoint.failures)).allSatisfy(count -> assertThat(count).isPositive());
    }
}
