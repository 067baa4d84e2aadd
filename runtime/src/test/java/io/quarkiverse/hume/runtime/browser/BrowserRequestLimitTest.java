package io.quarkiverse.hume.runtime.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

class BrowserRequestLimitTest {

    // Near the overflow of a long: differences count, values do not.
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - Duration.ofSeconds(30).toNanos());
    private final RequestLimit limit = new RequestLimit(2, 3, nanos::get);

    private void advance(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void admit_withinTheLimit_isFree() {
        assertThat(limit.admit("a")).isZero();
        assertThat(limit.admit("a")).isZero();
    }

    @Test
    void admit_overTheLimit_waitsUntilTheOldestIsAMinuteOld() {
        limit.admit("a");
        advance(Duration.ofSeconds(20));
        limit.admit("a");
        advance(Duration.ofSeconds(10));
        assertThat(limit.admit("a")).isEqualTo(Duration.ofSeconds(30));
        advance(Duration.ofSeconds(30).minusNanos(1));
        assertThat(limit.admit("a")).isEqualTo(Duration.ofNanos(1));
        advance(Duration.ofNanos(1));
        assertThat(limit.admit("a")).isZero();
        assertThat(limit.admit("a")).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void admit_refused_doesNotProlongTheWait() {
        limit.admit("a");
        limit.admit("a");
        for (int second = 60; second > 0; second--) {
            assertThat(limit.admit("a")).isEqualTo(Duration.ofSeconds(second));
            advance(Duration.ofSeconds(1));
        }
        assertThat(limit.admit("a")).isZero();
    }

    @Test
    void admit_otherOrigin_isNotConcerned() {
        limit.admit("a");
        limit.admit("a");
        assertThat(limit.admit("a")).isPositive();
        assertThat(limit.admit("b")).isZero();
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

    @Test
    void admit_concurrently_neverExceedsTheLimit() {
        RequestLimit shared = new RequestLimit(100, 10, nanos::get);
        AtomicInteger admitted = new AtomicInteger();
        CompletableFuture<?>[] callers = IntStream.range(0, 8).mapToObj(caller -> CompletableFuture.runAsync(() -> {
            for (int call = 0; call < 100; call++) {
                if (shared.admit("a").isZero()) {
                    admitted.incrementAndGet();
                }
            }
        })).toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(callers).join();
        assertThat(admitted).hasValue(100);
    }
}
