package io.quarkiverse.hume.runtime.token;

import static io.quarkiverse.hume.runtime.token.KeeperHarness.DELAY;
import static io.quarkiverse.hume.runtime.token.KeeperHarness.LIFETIME;
import static io.quarkiverse.hume.runtime.token.KeeperHarness.TIMEOUT;
import static io.quarkiverse.hume.runtime.token.KeeperHarness.failedWith;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.quarkiverse.hume.AccessToken;
import io.quarkiverse.hume.HumeAuthenticationException.Reason;

/** A call without a token waits for the next request if that is due soon enough. */
class TokenKeeperWaitTest {

    private static final Duration MAX_WAIT = Duration.ofSeconds(1);

    private final KeeperHarness harness = new KeeperHarness(MAX_WAIT);
    private final TokenKeeper keeper = harness.keeper;
    private final SimulatedTime time = harness.time;
    private final ControlledSource source = harness.source;

    @AfterEach
    void source_always_oneRequestAtATime() {
        source.assertNeverTwoUnderWay();
    }

    @Test
    void dueIn170Milliseconds_twentyCallsSucceedWhenItComes() {
        harness.failed(Reason.TOKEN_ENDPOINT_UNAVAILABLE);
        time.advance(DELAY.minusMillis(170));
        List<CompletableFuture<AccessToken>> calls = call(20);
        time.advance(Duration.ofMillis(170).minusNanos(1));
        assertThat(calls).noneMatch(CompletableFuture::isDone);
        assertThat(source.requests()).isEqualTo(1);
        time.advance(Duration.ofNanos(1));
        assertThat(source.requests()).isEqualTo(2);
        AccessToken token = source.succeed("a", LIFETIME);
        assertThat(calls).allSatisfy(call -> assertThat(call).isCompletedWithValue(token));
    }

    @Test
    void thousandsOfCalls_areOneTimerAndOneRequest() {
        harness.failed(Reason.TOKEN_ENDPOINT_UNAVAILABLE);
        List<CompletableFuture<AccessToken>> calls = call(10_000);
        assertThat(time.scheduled()).isEqualTo(1);
        time.advance(DELAY);
        calls.addAll(call(10_000));
        assertThat(source.requests()).isEqualTo(2);
        AccessToken token = source.succeed("a", LIFETIME);
        assertThat(calls).allSatisfy(call -> assertThat(call).isCompletedWithValue(token));
        assertThat(time.scheduled()).isZero();
    }

    @Test
    void dueExactlyAfterMaxWait_waits() {
        failedWithRetryAfter(MAX_WAIT);
        assertThat(keeper.get().toCompletableFuture()).isNotDone();
    }

    @Test
    void dueLater_failsAtOnceAndSaysWhen() {
        failedWithRetryAfter(MAX_WAIT.plusNanos(1));
        CompletableFuture<AccessToken> call = keeper.get().toCompletableFuture();
        assertThat(KeeperHarness.failureOf(call).retryAt()).contains(SimulatedTime.START.plus(MAX_WAIT).plusNanos(1));
        assertThat(time.scheduled()).isZero();
    }

    @Test
    void maxWaitOfZero_neverWaits() {
        KeeperHarness impatient = new KeeperHarness(Duration.ZERO);
        impatient.failed(Reason.TOKEN_ENDPOINT_UNAVAILABLE);
        impatient.time.advance(DELAY.minusNanos(1));
        assertThat(impatient.keeper.get()).satisfies(failedWith(Reason.TOKEN_ENDPOINT_UNAVAILABLE));
        assertThat(impatient.time.scheduled()).isZero();
    }

    @ParameterizedTest
    @EnumSource(value = Reason.class, names = { "CREDENTIALS_REJECTED", "INVALID_CREDENTIALS" })
    void wrongCredentials_areReportedAtOnce(Reason reason) {
        harness.failed(reason);
        assertThat(keeper.get()).satisfies(failedWith(reason));
        assertThat(time.scheduled()).isZero();
    }

    @Test
    void retryAfter_isHonouredHoweverManyCallsThereAre() {
        failedWithRetryAfter(Duration.ofSeconds(5));
        List<CompletableFuture<AccessToken>> waiting = new ArrayList<>();
        for (int tenth = 0; tenth < 50; tenth++) {
            CompletableFuture<AccessToken> call = keeper.get().toCompletableFuture();
            if (tenth < 40) {
                assertThat(call).isCompletedExceptionally();
            } else {
                waiting.add(call);
            }
            assertThat(source.requests()).isEqualTo(1);
            time.advance(Duration.ofMillis(100));
            keeper.tick();
        }
        AccessToken token = source.succeed("a", LIFETIME);
        assertThat(waiting).allSatisfy(call -> assertThat(call).isCompletedWithValue(token));
    }

    @Test
    void requestFails_waitingCallersGetTheCauseAndLaterCallsWaitForTheNext() {
        harness.failed(Reason.TOKEN_ENDPOINT_UNAVAILABLE);
        List<CompletableFuture<AccessToken>> calls = call(100);
        time.advance(DELAY);
        source.fail(KeeperHarness.failure(Reason.TOKEN_ENDPOINT_TIMEOUT));
        assertThat(calls).allSatisfy(failedWith(Reason.TOKEN_ENDPOINT_TIMEOUT)::accept);
        CompletableFuture<AccessToken> later = keeper.get().toCompletableFuture();
        time.advance(DELAY.multipliedBy(2));
        AccessToken token = source.succeed("a", LIFETIME);
        assertThat(later).isCompletedWithValue(token);
    }

    @Test
    void requestHangs_noCallerWaitsLongerThanMaxWaitAndTheTimeout() {
        failedWithRetryAfter(MAX_WAIT);
        CompletableFuture<AccessToken> first = keeper.get().toCompletableFuture();
        time.advance(MAX_WAIT.plus(TIMEOUT).minusNanos(1));
        CompletableFuture<AccessToken> last = keeper.get().toCompletableFuture();
        assertThat(first).isNotDone();
        time.advance(Duration.ofNanos(1));
        assertThat(List.of(first, last)).allSatisfy(failedWith(Reason.TOKEN_ENDPOINT_TIMEOUT)::accept);
        assertThat(time.scheduled()).isZero();
    }

    @Test
    void cancelledCallers_leaveNothingAndOthersGetTheToken() {
        harness.failed(Reason.TOKEN_ENDPOINT_UNAVAILABLE);
        CompletableFuture<AccessToken> patient = keeper.get().toCompletableFuture();
        List<CompletableFuture<AccessToken>> calls = call(1000);
        calls.forEach(call -> call.cancel(false));
        assertThat(time.scheduled()).isEqualTo(1);
        time.advance(DELAY);
        AccessToken token = source.succeed("a", LIFETIME);
        assertThat(patient).isCompletedWithValue(token);
        assertThat(calls).allMatch(CompletableFuture::isCancelled);
    }

    @Test
    void allCallersCancel_theRequestIsStillSent() {
        harness.failed(Reason.TOKEN_ENDPOINT_UNAVAILABLE);
        call(3).forEach(call -> call.cancel(false));
        time.advance(DELAY);
        AccessToken token = source.succeed("a", LIFETIME);
        assertThat(keeper.current()).isSameAs(token);
        assertThat(time.scheduled()).isZero();
    }

    @Test
    void waiters_whoGiveUp_areForgotten() {
        Waiters waiters = new Waiters();
        for (int caller = 0; caller < 100_000; caller++) {
            waiters.join(null).cancel(false);
        }
        assertThat(waiters.count()).isZero();
        waiters.join(null).completeExceptionally(new IllegalStateException("the caller's own timeout"));
        assertThat(waiters.count()).isZero();
    }

    @Test
    void cancelledHandshake_isRemovedToo() {
        AccessToken token = harness.acquired("a");
        keeper.accepted(token);
        CompletableFuture<AccessToken> newer = keeper.newer(token.authorization()).toCompletableFuture();
        CompletableFuture<AccessToken> other = keeper.newer(token.authorization()).toCompletableFuture();
        newer.cancel(false);
        AccessToken next = source.succeed("b", LIFETIME);
        assertThat(newer).isCancelled();
        assertThat(other).isCompletedWithValue(next);
    }

    @Test
    void close_waitingCallers_getATypedErrorAndNothingIsSent() {
        harness.failed(Reason.TOKEN_ENDPOINT_UNAVAILABLE);
        List<CompletableFuture<AccessToken>> calls = call(100);
        keeper.close();
        assertThat(calls).allSatisfy(failedWith(Reason.CLOSED)::accept);
        assertThat(time.scheduled()).isZero();
        time.advance(MAX_WAIT);
        assertThat(source.requests()).isEqualTo(1);
    }

    @Test
    void tick_whileCallersWait_startsNothing() {
        harness.failed(Reason.TOKEN_ENDPOINT_UNAVAILABLE);
        CompletableFuture<AccessToken> call = keeper.get().toCompletableFuture();
        keeper.tick();
        keeper.acquire();
        assertThat(source.requests()).isEqualTo(1);
        time.advance(DELAY);
        assertThat(source.requests()).isEqualTo(2);
        keeper.tick();
        source.succeed("a", LIFETIME);
        assertThat(call).isCompleted();
    }

    @Test
    void callerThatRetriesInItsFailureHandler_waitsForTheNextRequest() {
        harness.failed(Reason.TOKEN_ENDPOINT_UNAVAILABLE);
        CompletableFuture<AccessToken> again = keeper.get().exceptionallyCompose(failure -> keeper.get())
                .toCompletableFuture();
        time.advance(DELAY);
        source.fail(KeeperHarness.failure(Reason.TOKEN_ENDPOINT_UNAVAILABLE));
        assertThat(again).isNotDone();
        time.advance(DELAY.multipliedBy(2));
        assertThat(again).isNotDone();
        AccessToken token = source.succeed("a", LIFETIME);
        assertThat(again).isCompletedWithValue(token);
    }

    @Test
    void callersOwnException_isNotSharedWithOthers() {
        List<CompletableFuture<AccessToken>> calls = call(2);
        source.fail(KeeperHarness.failure(Reason.TOKEN_ENDPOINT_UNAVAILABLE));
        Throwable first = KeeperHarness.failureOf(calls.get(0));
        first.addSuppressed(new IllegalStateException("of the first caller"));
        assertThat(KeeperHarness.failureOf(calls.get(1))).isNotSameAs(first).hasNoSuppressedExceptions();
    }

    @Test
    void schedulerThatRejectsTasks_failsTheCallAndNotTheNext() {
        boolean[] closed = { true };
        TokenKeeper other = harness.keeper(source, (delay, task) -> {
            if (closed[0]) {
                throw new RejectedExecutionException("the event loop is closed");
            }
            return time.schedule(delay, task);
        });
        assertThat(other.get()).satisfies(failedWith(Reason.TOKEN_ENDPOINT_UNAVAILABLE));
        assertThat(source.requests()).isZero();
        // The back-off has begun, and waiting for its end needs the scheduler as well.
        assertThat(other.get()).satisfies(failedWith(Reason.TOKEN_ENDPOINT_UNAVAILABLE));
        assertThat(other.status().refreshing()).isFalse();
        closed[0] = false;
        CompletableFuture<AccessToken> call = other.get().toCompletableFuture();
        time.advance(MAX_WAIT);
        AccessToken token = source.succeed("a", LIFETIME);
        assertThat(call).isCompletedWithValue(token);
    }

    private void failedWithRetryAfter(Duration wait) {
        CompletableFuture<AccessToken> call = keeper.get().toCompletableFuture();
        source.fail(KeeperHarness.failure(Reason.TOKEN_ENDPOINT_RATE_LIMITED, time.now().plus(wait)));
        assertThat(call).satisfies(failedWith(Reason.TOKEN_ENDPOINT_RATE_LIMITED)::accept);
    }

    private List<CompletableFuture<AccessToken>> call(int times) {
        List<CompletableFuture<AccessToken>> calls = new ArrayList<>();
        for (int call = 0; call < times; call++) {
            calls.add(keeper.get().toCompletableFuture());
        }
        return calls;
    }
}
