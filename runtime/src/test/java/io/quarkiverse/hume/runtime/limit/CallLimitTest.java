package io.quarkiverse.hume.runtime.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.hume.HumeRateLimitException;
import io.quarkiverse.hume.runtime.config.RateLimitRuntimeConfig;
import io.quarkiverse.hume.runtime.event.AccountListener;
import io.quarkiverse.hume.runtime.token.TokenClock;
import io.quarkiverse.hume.runtime.token.TokenTiming;

/** Calls that wait, fail or are sent again, in simulated time. */
class CallLimitTest {

    private static final Instant NOW = Instant.parse("2027-01-01T00:00:00Z");

    private final List<AccountListener.RateLimitOutcome> outcomes = new ArrayList<>();
    private final List<Duration> delays = new ArrayList<>();
    private final List<Runnable> tasks = new ArrayList<>();

    private CallLimit limit(int permits, Duration maxWait) {
        TokenClock clock = new TokenClock() {
            @Override
            public long nanoTime() {
                return 0;
            }

            @Override
            public Instant now() {
                return NOW;
            }
        };
        TokenTiming.Scheduler scheduler = (delay, task) -> {
            delays.add(delay);
            tasks.add(task);
            return () -> tasks.remove(task);
        };
        return new CallLimit("cloud", new RateLimit(permits, Duration.ofMinutes(1)), maxWait, clock, scheduler,
                UnaryOperator.identity(), new AccountListener() {
                    @Override
                    public void rateLimited(RateLimitOutcome outcome) {
                        outcomes.add(outcome);
                    }
                });
    }

    @Test
    void callBeyondTheLimit_waitsForItsTurn() {
        CallLimit limit = limit(1, Duration.ofMinutes(1));
        assertThat(limit.permit()).isSameAs(CallLimit.GRANTED);
        CompletionStage<Void> second = limit.permit();
        assertThat(second.toCompletableFuture()).isNotDone();
        assertThat(delays).singleElement().satisfies(delay -> assertThat(delay.toMillis()).isEqualTo(60_000));
        tasks.get(0).run();
        assertThat(second.toCompletableFuture()).isCompleted();
        assertThat(outcomes).containsExactly(AccountListener.RateLimitOutcome.DELAYED);
    }

    @Test
    void callThatWouldWaitTooLong_failsAndSaysWhen() {
        CallLimit limit = limit(1, Duration.ofSeconds(10));
        limit.permit();
        assertThatThrownBy(() -> limit.permit().toCompletableFuture().join()).cause()
                .isInstanceOfSatisfying(HumeRateLimitException.class, failure -> {
                    assertThat(failure.account()).isEqualTo("cloud");
                    assertThat(failure.retryAt()).isEqualTo(NOW.plusSeconds(60));
                    assertThat(failure).hasMessageContainingAll("1 requests a minute",
                            "hume.accounts.\"cloud\".rate-limit.requests-per-minute",
                            "hume.accounts.\"cloud\".rate-limit.max-wait", "2027-01-01T00:01:00Z");
                });
        assertThat(outcomes).containsExactly(AccountListener.RateLimitOutcome.FAILED);
    }

    @ParameterizedTest
    @CsvSource({ "3,3000", "0,0", "'Fri, 01 Jan 2027 00:00:07 GMT',7000", "'Thu, 31 Dec 2026 00:00:00 GMT',0", "soon,1000",
            "-5,1000", ",1000" })
    void rejectedCall_isSentAgainWhenHumeSays(String retryAfter, long millis) {
        CompletionStage<Void> permit = limit(10, Duration.ofSeconds(10)).permitAfterRefusal(retryAfter, true);
        if (millis == 0) {
            assertThat(permit).isSameAs(CallLimit.GRANTED);
        } else {
            assertThat(delays).singleElement().satisfies(delay -> assertThat(delay.toMillis()).isEqualTo(millis));
        }
        assertThat(outcomes).containsExactly(AccountListener.RateLimitOutcome.REPEATED);
    }

    @Test
    void rejection_delaysTheOtherCallsToo() {
        CallLimit limit = limit(10, Duration.ofSeconds(10));
        limit.permitAfterRefusal("5", true);
        limit.permit();
        assertThat(delays).extracting(Duration::toSeconds).containsExactly(5L, 5L);
    }

    @ParameterizedTest
    @CsvSource({ "11,true", "999999999,true", "1,false" })
    void rejectionThatCannotBeWaitedForOrRepeated_goesToTheCaller(String retryAfter, boolean repeatable) {
        assertThat(limit(10, Duration.ofSeconds(10)).permitAfterRefusal(retryAfter, repeatable)).isNull();
        assertThat(outcomes).containsExactly(AccountListener.RateLimitOutcome.REFUSED);
    }

    @Test
    void accountsThatShareALimit_haveTheSame() {
        CallLimits limits = new CallLimits(TokenClock.SYSTEM, (delay, task) -> () -> {
        }, UnaryOperator.identity());
        assertThat(limits.violations("a", shared(600))).isEmpty();
        assertThat(limits.violations("b", shared(600))).isEmpty();
        assertThat(limits.violations("c", shared(300))).singleElement().asString().contains(
                "hume.accounts.\"c\".rate-limit.requests-per-minute is 300", "the Hume account \"a\"",
                "\"organization\", has 600");
    }

    private static RateLimitRuntimeConfig shared(int requestsPerMinute) {
        return new RateLimitRuntimeConfig() {
            @Override
            public OptionalInt requestsPerMinute() {
                return OptionalInt.of(requestsPerMinute);
            }

            @Override
            public Optional<String> name() {
                return Optional.of("organization");
            }

            @Override
            public Duration maxWait() {
                return Duration.ZERO;
            }
        };
    }
}
