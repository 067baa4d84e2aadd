package io.quarkiverse.hume.runtime.token;

import static io.quarkiverse.hume.runtime.token.KeeperHarness.DELAY;
import static io.quarkiverse.hume.runtime.token.KeeperHarness.LIFETIME;
import static io.quarkiverse.hume.runtime.token.KeeperHarness.REFRESH_BEFORE;
import static io.quarkiverse.hume.runtime.token.KeeperHarness.TIMEOUT;
import static io.quarkiverse.hume.runtime.token.KeeperHarness.failure;
import static io.quarkiverse.hume.runtime.token.KeeperHarness.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

import org.junit.jupiter.api.Test;

import io.quarkiverse.hume.AccessToken;
import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.HumeAuthenticationException.Reason;

/** Token sources that violate their contract, and the events that the listener receives. */
class TokenKeeperSourceTest {

    private final KeeperHarness harness = new KeeperHarness();
    private final TokenKeeper keeper = harness.keeper;
    private final ControlledSource source = harness.source;
    private final SimulatedTime time = harness.time;

    @Test
    void source_neverAnswers_deadlineEndsTheRequest() {
        CompletionStage<AccessToken> got = keeper.get();
        time.advance(TIMEOUT.minusNanos(1));
        assertThat(got.toCompletableFuture()).isNotDone();
        time.advance(Duration.ofNanos(1));
        assertThat(failureOf(got).reason()).isEqualTo(Reason.TOKEN_ENDPOINT_TIMEOUT);
        assertThat(failureOf(got)).hasMessageContaining("5000 ms").hasMessageContaining("hume.token.timeout");
        assertThat(source.last()).as("the request is abandoned").isCancelled();
        assertThat(keeper.status().failures()).isEqualTo(1);
        harness.assertBackoffEndsAfter(DELAY);
    }

    @Test
    void source_neverAnswersWhileTokenLives_tokenStays() {
        AccessToken token = harness.staleWithRequest("a");
        time.advance(TIMEOUT);
        assertThat(keeper.get().toCompletableFuture()).isCompletedWithValue(token);
        assertThat(keeper.status().lastFailure().reason()).isEqualTo(Reason.TOKEN_ENDPOINT_TIMEOUT);
    }

    @Test
    void source_answersAfterTheDeadline_isIgnored() {
        CompletableFuture<AccessToken> stubborn = new CompletableFuture<>() {
            @Override
            public boolean cancel(boolean mayInterruptIfRunning) {
                return false;
            }
        };
        TokenKeeper other = harness.keeper(() -> stubborn);
        other.get();
        time.advance(TIMEOUT);
        assertThat(stubborn.complete(AccessToken.of("late", time.now(), LIFETIME))).isTrue();
        assertThat(other.current()).isNull();
        assertThat(other.status().failures()).isEqualTo(1);
    }

    @Test
    void deadline_requestEnds_isCancelled() {
        keeper.get();
        assertThat(time.scheduled()).isEqualTo(1);
        source.succeed("a", LIFETIME);
        assertThat(time.scheduled()).isZero();
        time.advance(LIFETIME);
        harness.failed(Reason.TOKEN_ENDPOINT_UNAVAILABLE);
        assertThat(time.scheduled()).isZero();
    }

    @Test
    void deadline_sourceAnswersSynchronously_isCancelled() {
        AccessToken token = AccessToken.of("a", time.now(), LIFETIME);
        TokenKeeper other = harness.keeper(() -> CompletableFuture.completedFuture(token));
        assertThat(other.get().toCompletableFuture()).isCompletedWithValue(token);
        assertThat(time.scheduled()).isZero();
    }

    @Test
    void source_throws_callersGetTypedFailure() {
        RuntimeException thrown = new IllegalStateException("no");
        TokenKeeper other = harness.keeper(() -> {
            throw thrown;
        });
        HumeAuthenticationException typed = failureOf(other.get());
        assertThat(typed.reason()).isEqualTo(Reason.TOKEN_ENDPOINT_UNAVAILABLE);
        assertThat(typed).hasCause(thrown).hasMessageContaining("IllegalStateException");
        assertThat(other.status().failures()).isEqualTo(1);
        assertThat(time.scheduled()).isZero();
    }

    @Test
    void source_failsWithForeignException_callersGetTypedFailure() {
        CompletionStage<AccessToken> got = keeper.get();
        IllegalStateException foreign = new IllegalStateException("no");
        source.fail(new CompletionException(foreign));
        assertThat(failureOf(got)).hasCause(foreign);
        assertThat(failureOf(got).reason()).isEqualTo(Reason.TOKEN_ENDPOINT_UNAVAILABLE);
    }

    @Test
    void source_failsWithWrappedTypedException_callersGetItUnwrapped() {
        CompletionStage<AccessToken> got = keeper.get();
        HumeAuthenticationException cause = failure(Reason.CREDENTIALS_REJECTED);
        source.fail(new CompletionException(cause));
        KeeperHarness.assertFailedWith(got, cause);
    }

    @Test
    void source_cancelled_callersGetTypedFailure() {
        CompletionStage<AccessToken> got = keeper.get();
        source.last().cancel(true);
        assertThat(failureOf(got).reason()).isEqualTo(Reason.TOKEN_ENDPOINT_UNAVAILABLE);
        assertThat(failureOf(got)).hasMessageContaining("was cancelled");
    }

    @Test
    void source_endsWithoutToken_callersGetTypedFailure() {
        CompletionStage<AccessToken> got = keeper.get();
        source.last().complete(null);
        assertThat(failureOf(got).reason()).isEqualTo(Reason.INVALID_TOKEN_RESPONSE);
        assertThat(keeper.status().failures()).isEqualTo(1);
    }

    @Test
    void source_returnsExpiredToken_callersGetTypedFailure() {
        CompletionStage<AccessToken> got = keeper.get();
        source.last().complete(AccessToken.of("secret-value", time.now()));
        assertThat(failureOf(got).reason()).isEqualTo(Reason.INVALID_TOKEN_RESPONSE);
        assertThat(failureOf(got).getMessage()).contains("had already expired when it arrived", "Check the lifetime")
                .doesNotContain("clock").doesNotContain("secret-value");
        assertThat(keeper.current()).isNull();
    }

    @Test
    void source_returnsTokenWithoutEnd_isKept() {
        CompletionStage<AccessToken> got = keeper.get();
        AccessToken eternal = AccessToken.of("a", Instant.MAX);
        source.last().complete(eternal);
        assertThat(got.toCompletableFuture()).isCompletedWithValue(eternal);
        time.advance(Duration.ofDays(3650));
        keeper.tick();
        assertThat(keeper.current()).isSameAs(eternal);
        assertThat(source.requests()).isEqualTo(1);
    }

    @Test
    void failure_namedAccount_namesItsProperties() {
        TokenKeeper named = new TokenKeeper("cloud", source, KeeperHarness.POLICY, new TokenTiming(time, time, () -> 0),
                TokenListener.NONE);
        CompletionStage<AccessToken> got = named.get();
        time.advance(TIMEOUT);
        assertThat(failureOf(got)).hasMessageContaining("hume.accounts.\"cloud\".token.timeout");
        assertThat(failureOf(got).account()).isEqualTo("cloud");
    }

    @Test
    void listener_wholeLifecycle_receivesEveryEvent() {
        keeper.get();
        time.advance(Duration.ofMillis(40));
        source.fail(failure(Reason.TOKEN_ENDPOINT_UNAVAILABLE));
        time.advance(DELAY);
        AccessToken token = harness.acquired("a");
        time.advance(LIFETIME.minus(REFRESH_BEFORE));
        keeper.current();
        source.fail(failure(Reason.CREDENTIALS_REJECTED));
        keeper.reject(token);
        String end = token.expiresAt().toString();
        String refresh = token.expiresAt().minus(REFRESH_BEFORE).toString();
        assertThat(harness.events).containsExactly(
                "failed TOKEN_ENDPOINT_UNAVAILABLE 1 2026-03-01T00:00:00.240Z null PT0.04S",
                "refreshed " + end + " " + refresh + " PT0S",
                "recovered 1",
                "failed CREDENTIALS_REJECTED 1 " + time.now().plus(DELAY) + " " + end + " PT0S",
                "rejected");
    }

    @Test
    void listener_throws_affectsNoCaller() {
        List<String> broken = new ArrayList<>();
        harness.listener = new Throwing(broken);
        harness.failed(Reason.TOKEN_ENDPOINT_UNAVAILABLE);
        time.advance(DELAY);
        AccessToken token = harness.acquired("a");
        keeper.reject(token);
        assertThat(keeper.current()).isNull();
        assertThat(broken).containsExactly("failed", "refreshed", "recovered", "rejected");
    }

    @Test
    void listener_throws_otherListenersReceiveBothEvents() {
        List<String> broken = new ArrayList<>();
        TokenKeeper shared = new TokenKeeper("cloud", source, KeeperHarness.POLICY, new TokenTiming(time, time, () -> 0),
                new Throwing(new ArrayList<>()), new TokenListener() {
                    @Override
                    public void refreshed(Instant expiresAt, Instant refreshAt, Duration took) {
                        broken.add("told");
                    }

                    @Override
                    public void broken(Throwable cause) {
                        broken.add(cause.getMessage());
                    }
                });
        shared.get();
        source.succeed("a", LIFETIME);
        assertThat(broken).containsExactly("refreshed", "told");
    }

    private record Throwing(List<String> broken) implements TokenListener {

        @Override
        public void refreshed(Instant expiresAt, Instant refreshAt, Duration took) {
            throw new NoClassDefFoundError("refreshed"); // An Error: what a listener throws must not depend on its type.
        }

        @Override
        public void failed(HumeAuthenticationException failure, int failures, Instant retryAt, Instant validUntil,
                Duration took) {
            throw new IllegalStateException("failed");
        }

        @Override
        public void recovered(int failures) {
            throw new IllegalStateException("recovered");
        }

        @Override
        public void rejected() {
            throw new NoClassDefFoundError("rejected");
        }

        @Override
        public void broken(Throwable cause) {
            broken.add(cause.getMessage());
        }
    }
}
