package io.quarkiverse.hume.runtime.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import jakarta.enterprise.util.TypeLiteral;

import org.junit.jupiter.api.Test;

import io.smallrye.faulttolerance.api.Guard;
import io.smallrye.faulttolerance.api.RateLimitException;

/** What is ours of the limit: whose it is, and of whom it is remembered. The counting is proven over the wire. */
class BrowserRequestLimitTest {

    final RequestLimit limit = new RequestLimit(Twice::new, 3);

    @Test
    void admit_overTheLimit_saysHowLongToWait() {
        assertThat(limit.admit("a")).isZero();
        assertThat(limit.admit("a")).isZero();
        assertThat(limit.admit("a")).isEqualTo(Duration.ofMillis(1500));
    }

    @Test
    void admit_otherOrigin_isNotConcerned() {
        limit.admit("a");
        limit.admit("a");
        assertThat(limit.admit("a")).isPositive();
        assertThat(limit.admit("b")).isZero();
    }

    @Test
    void admit_unknownWait_isNeverTakenForAnAdmission() {
        RequestLimit silent = new RequestLimit(() -> new Twice(0), 3);
        silent.admit("a");
        silent.admit("a");
        assertThat(silent.admit("a")).isPositive();
    }

    @Test
    void admit_manyOrigins_forgetsThoseSilentForLongest() {
        limit.admit("a");
        limit.admit("a");
        limit.admit("b");
        limit.admit("c");
        assertThat(limit.admit("a")).isPositive();
        limit.admit("d");
        assertThat(limit.origins()).isEqualTo(3);
        assertThat(limit.admit("a")).as("asked lately, so still known").isPositive();
        IntStream.range(0, 10_000).forEach(origin -> limit.admit("x" + origin));
        assertThat(limit.origins()).isEqualTo(3);
    }

    /** Admits two requests for ever. */
    private static final class Twice implements Guard {

        private final long retryAfterMillis;
        private int admitted;

        Twice() {
            this(1500);
        }

        Twice(long retryAfterMillis) {
            this.retryAfterMillis = retryAfterMillis;
        }

        @Override
        public <T> T get(Supplier<T> action, Class<T> type) {
            if (++admitted > 2) {
                throw new RateLimitException(retryAfterMillis);
            }
            return action.get();
        }

        @Override
        public <T> T get(Supplier<T> action, TypeLiteral<T> type) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <T> T call(Callable<T> action, Class<T> type) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <T> T call(Callable<T> action, TypeLiteral<T> type) {
            throw new UnsupportedOperationException();
        }
    }
}
