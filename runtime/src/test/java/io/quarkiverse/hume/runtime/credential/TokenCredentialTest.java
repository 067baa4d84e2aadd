package io.quarkiverse.hume.runtime.credential;

import static io.quarkiverse.hume.runtime.credential.AskedProvider.failure;
import static io.quarkiverse.hume.runtime.credential.AskedProvider.value;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.junit.jupiter.api.Test;

import io.quarkiverse.hume.AccessToken;
import io.quarkiverse.hume.HumeAuthenticationException.Reason;
import io.quarkiverse.hume.runtime.token.Backoff;
import io.quarkiverse.hume.runtime.token.RefreshPolicy;
import io.quarkiverse.hume.runtime.token.TokenClock;
import io.quarkiverse.hume.runtime.token.TokenKeeper;
import io.quarkiverse.hume.runtime.token.TokenListener;
import io.quarkiverse.hume.runtime.token.TokenTiming;

class TokenCredentialTest {

    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
    private static final TokenClock STILL = new TokenClock() {
        @Override
        public long nanoTime() {
            return 0;
        }

        @Override
        public Instant now() {
            return NOW;
        }
    };

    private final List<CompletableFuture<AccessToken>> requests = new ArrayList<>();
    private final TokenKeeper keeper = new TokenKeeper("cloud", this::request,
            new RefreshPolicy(Duration.ofMinutes(5), Duration.ofSeconds(5),
                    new Backoff(Duration.ofMillis(200), Duration.ofSeconds(30)), Duration.ZERO),
            new TokenTiming(STILL, (delay, task) -> () -> {
            }, () -> 0), TokenListener.NONE);
    private final TokenCredential credential = new TokenCredential(keeper);

    @Test
    void header_always_isAuthorization() {
        assertThat(credential.headerName()).isEqualTo("Authorization");
    }

    @Test
    void get_cold_waitsForTheToken() {
        assertThat(credential.current()).isNull();
        CompletionStage<String> got = credential.get();
        assertThat(got.toCompletableFuture()).isNotDone();
        succeed("a");
        assertThat(value(got)).isEqualTo("Bearer a");
        assertThat(credential.current()).isEqualTo("Bearer a");
    }

    @Test
    void get_requestFails_failsTyped() {
        CompletionStage<String> got = credential.get();
        requests.get(0).completeExceptionally(new IllegalStateException());
        assertThat(failure(got).reason()).isEqualTo(Reason.TOKEN_ENDPOINT_UNAVAILABLE);
    }

    @Test
    void rejected_currentToken_isReplacedByTheNext() {
        acquired("a");
        CompletionStage<String> next = credential.rejected("Bearer a");
        assertThat(credential.current()).isNull();
        succeed("b");
        assertThat(value(next)).isEqualTo("Bearer b");
    }

    @Test
    void rejected_olderToken_isReplacedByTheCurrentOne() {
        acquired("b");
        assertThat(value(credential.rejected("Bearer a"))).isEqualTo("Bearer b");
        assertThat(credential.current()).isEqualTo("Bearer b");
        assertThat(requests).hasSize(1);
    }

    @Test
    void rejected_requestFails_failsTyped() {
        acquired("a");
        CompletionStage<String> next = credential.rejected("Bearer a");
        requests.get(1).completeExceptionally(new IllegalStateException());
        assertThat(failure(next).reason()).isEqualTo(Reason.TOKEN_ENDPOINT_UNAVAILABLE);
    }

    @Test
    void rejected_acceptedTokens_thereIsNoOtherUntilTheIntervalIsOver() {
        acquired("a");
        credential.accepted("Bearer a");
        CompletionStage<String> next = credential.rejected("Bearer a");
        assertThat(credential.current()).isEqualTo("Bearer a");
        succeed("b");
        assertThat(value(next)).isEqualTo("Bearer b");
        credential.accepted("Bearer b");
        assertThat(value(credential.rejected("Bearer b"))).isNull();
    }

    @Test
    void rejected_twoTokensThatWereNeverAccepted_closesTheGate() {
        acquired("a");
        credential.rejected("Bearer a");
        succeed("b");
        assertThat(value(credential.rejected("Bearer b"))).isNull();
        assertThat(value(credential.get())).isEqualTo("Bearer b");
        assertThat(keeper.status().lastFailure().reason()).isEqualTo(Reason.TOKEN_REJECTED);
        assertThat(requests).hasSize(2);
    }

    @Test
    void forbidden_currentToken_isKept() {
        acquired("a");
        CompletionStage<String> newer = credential.forbidden("Bearer a");
        assertThat(credential.current()).isEqualTo("Bearer a");
        succeed("b");
        assertThat(value(newer)).isEqualTo("Bearer b");
        assertThat(value(credential.forbidden("Bearer b"))).isNull();
    }

    @Test
    void get_cancelled_endsTheWaiting() {
        CompletableFuture<String> cancelled = credential.get().toCompletableFuture();
        cancelled.cancel(true);
        CompletionStage<String> other = credential.get();
        succeed("a");
        assertThat(cancelled).isCancelled();
        assertThat(value(other)).isEqualTo("Bearer a");
    }

    @Test
    void rejection_always_doesNotContainTheToken() {
        acquired("topsecret");
        assertThat(credential.rejection()).startsWith("Unauthorized").doesNotContain("topsecret");
    }

    private CompletableFuture<AccessToken> request() {
        CompletableFuture<AccessToken> request = new CompletableFuture<>();
        requests.add(request);
        return request;
    }

    private void acquired(String value) {
        credential.get();
        succeed(value);
    }

    private void succeed(String value) {
        requests.get(requests.size() - 1).complete(AccessToken.of(value, NOW, Duration.ofMinutes(30)));
    }
}
