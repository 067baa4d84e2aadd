package io.quarkiverse.hume.runtime.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.assertj.core.api.ThrowingConsumer;

import io.quarkiverse.hume.AccessToken;
import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.HumeAuthenticationException.Reason;

/** A keeper with simulated time and a source whose results the test determines. */
final class KeeperHarness {

    static final Duration LIFETIME = Duration.ofMinutes(30);
    static final Duration REFRESH_BEFORE = Duration.ofMinutes(5);
    static final Duration TIMEOUT = Duration.ofSeconds(5);
    static final Duration DELAY = Duration.ofMillis(200);
    static final Duration MAX_DELAY = Duration.ofSeconds(30);
    static final Backoff BACKOFF = new Backoff(DELAY, MAX_DELAY);

    /** Without waiting for the next request. */
    static final RefreshPolicy POLICY = new RefreshPolicy(REFRESH_BEFORE, TIMEOUT, BACKOFF, Duration.ZERO);

    final SimulatedTime time = new SimulatedTime();
    final ControlledSource source = new ControlledSource(time);
    final List<String> events = new ArrayList<>();
    double random;
    TokenListener listener = new RecordingListener();
    private final RefreshPolicy policy;
    final TokenKeeper keeper;

    KeeperHarness() {
        this(Duration.ZERO);
    }

    KeeperHarness(Duration maxWait) {
        policy = new RefreshPolicy(REFRESH_BEFORE, TIMEOUT, BACKOFF, maxWait);
        keeper = keeper(source);
    }

    TokenKeeper keeper(TokenKeeper.Source from) {
        return keeper(from, time);
    }

    TokenKeeper keeper(TokenKeeper.Source from, TokenTiming.Scheduler scheduler) {
        return new TokenKeeper(HumeAccount.DEFAULT, from, policy, new TokenTiming(time, scheduler, () -> random),
                new Delegate());
    }

    AccessToken acquired(String value) {
        return acquired(value, LIFETIME);
    }

    AccessToken acquired(String value, Duration lifetime) {
        CompletionStage<AccessToken> got = keeper.get();
        AccessToken token = source.succeed(value, lifetime);
        assertThat(got.toCompletableFuture()).isCompletedWithValue(token);
        return token;
    }

    /** Lets a fetched token become stale, with a request for the next one under way. */
    AccessToken staleWithRequest(String value) {
        AccessToken token = acquired(value);
        time.advance(LIFETIME.minus(REFRESH_BEFORE));
        assertThat(keeper.current()).isSameAs(token);
        assertThat(source.underWay()).isTrue();
        return token;
    }

    /** A caller who finds no token, and the failure of the request that this starts. */
    HumeAuthenticationException failed(Reason reason) {
        CompletionStage<AccessToken> got = keeper.get();
        HumeAuthenticationException cause = failure(reason);
        source.fail(cause);
        assertFailedWith(got, cause);
        return cause;
    }

    /** The caller learns all that the cause says, with an exception of its own. */
    static void assertFailedWith(CompletionStage<AccessToken> got, HumeAuthenticationException cause) {
        HumeAuthenticationException failure = failureOf(got);
        assertThat(failure).isNotSameAs(cause).hasMessage(cause.getMessage())
                .hasCause(cause.getCause() != null ? cause.getCause() : cause);
        assertThat(failure.reason()).isEqualTo(cause.reason());
        assertThat(failure.account()).isEqualTo(cause.account());
        assertThat(failure.retryAt()).isEqualTo(cause.retryAt());
    }

    /** Lets time pass as in an application: with a tick every second. */
    void tickFor(Duration total) {
        for (long second = 0; second < total.toSeconds(); second++) {
            time.advance(Duration.ofSeconds(1));
            keeper.tick();
        }
    }

    /** Asserts how long the back-off is, to the nanosecond, and leaves a request under way. */
    void assertBackoffEndsAfter(Duration wait) {
        int before = source.requests();
        time.advance(wait.minusNanos(1));
        assertThat(keeper.get().toCompletableFuture()).isCompletedExceptionally();
        assertThat(source.requests()).as("requests before the back-off ends").isEqualTo(before);
        time.advance(Duration.ofNanos(1));
        assertThat(keeper.get().toCompletableFuture()).isNotDone();
        assertThat(source.requests()).as("requests when the back-off ends").isEqualTo(before + 1);
    }

    static HumeAuthenticationException failure(Reason reason) {
        return failure(reason, null);
    }

    static HumeAuthenticationException failure(Reason reason, Instant retryAt) {
        return new HumeAuthenticationException(reason, HumeAccount.DEFAULT, "the cause", null, retryAt);
    }

    static HumeAuthenticationException failureOf(CompletionStage<AccessToken> got) {
        CompletableFuture<AccessToken> future = got.toCompletableFuture();
        assertThat(future).isCompletedExceptionally();
        Throwable[] failure = new Throwable[1];
        future.whenComplete((token, thrown) -> failure[0] = thrown);
        Throwable cause = failure[0].getCause() instanceof HumeAuthenticationException
                && !(failure[0] instanceof HumeAuthenticationException) ? failure[0].getCause() : failure[0];
        assertThat(cause).isInstanceOf(HumeAuthenticationException.class);
        return (HumeAuthenticationException) cause;
    }

    static ThrowingConsumer<CompletionStage<AccessToken>> failedWith(Reason reason) {
        return got -> assertThat(failureOf(got).reason()).isEqualTo(reason);
    }

    private final class Delegate implements TokenListener {
        @Override
        public void refreshed(Instant expiresAt, Instant refreshAt, Duration took) {
            listener.refreshed(expiresAt, refreshAt, took);
        }

        @Override
        public void failed(HumeAuthenticationException failure, int failures, Instant retryAt, Instant validUntil,
                Duration took) {
            listener.failed(failure, failures, retryAt, validUntil, took);
        }

        @Override
        public void shortLived(Duration lifetime) {
            listener.shortLived(lifetime);
        }

        @Override
        public void recovered(int failures) {
            listener.recovered(failures);
        }

        @Override
        public void rejected() {
            listener.rejected();
        }

        @Override
        public void rejectionsPersist(Instant nextRenewal) {
            listener.rejectionsPersist(nextRenewal);
        }

        @Override
        public void broken(Throwable cause) {
            listener.broken(cause);
        }
    }

    private final class RecordingListener implements TokenListener {
        @Override
        public void refreshed(Instant expiresAt, Instant refreshAt, Duration took) {
            events.add("refreshed " + expiresAt + " " + refreshAt + " " + took);
        }

        @Override
        public void failed(HumeAuthenticationException failure, int failures, Instant retryAt, Instant validUntil,
                Duration took) {
            events.add("failed " + failure.reason() + " " + failures + " " + retryAt + " " + validUntil + " " + took);
        }

        @Override
        public void shortLived(Duration lifetime) {
            events.add("short-lived " + lifetime);
        }

        @Override
        public void recovered(int failures) {
            events.add("recovered " + failures);
        }

        @Override
        public void rejected() {
            events.add("rejected");
        }

        @Override
        public void rejectionsPersist(Instant nextRenewal) {
            events.add("rejections persist " + nextRenewal);
        }

        @Override
        public void broken(Throwable cause) {
            events.add("broken " + cause.getMessage());
        }
    }
}
