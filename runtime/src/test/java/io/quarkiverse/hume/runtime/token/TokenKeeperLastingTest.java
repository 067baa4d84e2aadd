package io.quarkiverse.hume.runtime.token;

import static io.quarkiverse.hume.runtime.token.KeeperHarness.LIFETIME;
import static io.quarkiverse.hume.runtime.token.KeeperHarness.failedWith;
import static io.quarkiverse.hume.runtime.token.KeeperHarness.failure;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.junit.jupiter.api.Test;

import io.quarkiverse.hume.AccessToken;
import io.quarkiverse.hume.HumeAuthenticationException.Reason;

/** Tokens for callers who need them for a while. */
class TokenKeeperLastingTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final KeeperHarness harness = new KeeperHarness();
    private final TokenKeeper keeper = harness.keeper;
    private final ControlledSource source = harness.source;

    @Test
    void lasting_longLivedToken_isTheCurrentOne() {
        AccessToken token = harness.acquired("first");
        assertThat(keeper.lasting(MINUTE).toCompletableFuture()).isCompletedWithValue(token);
        assertThat(source.requests()).isEqualTo(1);
    }

    @Test
    void lasting_tokenNearItsEnd_waitsForAnotherWhileOthersGoOn() {
        AccessToken old = harness.acquired("first");
        harness.time.advance(LIFETIME.minus(Duration.ofSeconds(30)));
        CompletableFuture<AccessToken> lasting = keeper.lasting(MINUTE).toCompletableFuture();
        assertThat(lasting).isNotDone();
        assertThat(keeper.current()).isSameAs(old);
        AccessToken renewed = source.succeed("second", LIFETIME);
        assertThat(lasting).isCompletedWithValue(renewed);
        assertThat(source.requests()).isEqualTo(2);
    }

    @Test
    void lasting_manyCallers_oneRequest() {
        harness.acquired("first");
        harness.time.advance(LIFETIME.minus(Duration.ofSeconds(30)));
        for (int i = 0; i < 100; i++) {
            keeper.lasting(MINUTE);
        }
        assertThat(source.requests()).isEqualTo(2);
    }

    @Test
    void lasting_longerThanAnyTokenLives_doesNotRequestForEver() {
        AccessToken token = harness.acquired("short", Duration.ofSeconds(40));
        for (int i = 0; i < 10; i++) {
            assertThat(keeper.lasting(MINUTE).toCompletableFuture()).isCompletedWithValue(token);
        }
        assertThat(source.requests()).isEqualTo(1);
    }

    @Test
    void lasting_requestFails_saysSoAndKeepsTheToken() {
        AccessToken old = harness.acquired("first");
        harness.time.advance(LIFETIME.minus(Duration.ofSeconds(30)));
        CompletionStage<AccessToken> lasting = keeper.lasting(MINUTE);
        source.fail(failure(Reason.TOKEN_ENDPOINT_UNAVAILABLE));
        assertThat(lasting).satisfies(failedWith(Reason.TOKEN_ENDPOINT_UNAVAILABLE));
        assertThat(keeper.current()).isSameAs(old);
    }

    @Test
    void lasting_cold_joinsTheRequest() {
        CompletableFuture<AccessToken> lasting = keeper.lasting(MINUTE).toCompletableFuture();
        AccessToken token = source.succeed("first", LIFETIME);
        assertThat(lasting).isCompletedWithValue(token);
    }
}
