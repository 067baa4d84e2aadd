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
                    new Backoff(Duration.ofMillis(200), Duration.ofSeconds(30))),
            STILL, (delay, task) -> () -> {
            }, () -> 0, TokenListener.NONE);
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
    void rejected_currentToken_isDroppedAndWorthwhile() {
        acquired("a");
        assertThat(value(credential.rejected("Bearer a"))).isTrue();
        assertThat(credential.current()).isNull();
    }

    @Test
    void rejected_olderToken_isKeptAndWorthwhile() {
        acquired("b");
        assertThat(value(credential.rejected("Bearer a"))).isTrue();
        assertThat(credential.current()).isEqualTo("Bearer b");
        assertThat(requests).hasSize(1);
    }

    @Test
    void rejected_noToken_isWorthwhile() {
        assertThat(value(credential.rejected("Bearer a"))).isTrue();
        assertThat(requests).isEmpty();
    }

    @Test
    void rejected_twoTokensInARow_closesTheGate() {
        acquired("a");
        credential.rejected("Bearer a");
        acquired("b");
        credential.rejected("Bearer b");
        assertThat(failure(credential.get()).reason()).isEqualTo(Reason.TOKEN_REJECTED);
    }

    @Test
    void accepted_betweenTwoRejections_keepsTheGateOpen() {
        acquired("a");
        credential.rejected("Bearer a");
        acquired("b");
        credential.accepted("Bearer b");
        credential.rejected("Bearer b");
        assertThat(credential.get().toCompletableFuture()).isNotDone();
    }

    @Test
    void accepted_olderToken_doesNotCount() {
        acquired("a");
        credential.rejected("Bearer a");
        acquired("b");
        credential.accepted("Bearer a");
        credential.rejected("Bearer b");
        assertThat(failure(credential.get()).reason()).isEqualTo(Reason.TOKEN_REJECTED);
    }

    @Test
    void rejection_always_doesNotTellTheToken() {
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
