package io.quarkiverse.hume.runtime.token;

import static io.quarkiverse.hume.runtime.token.KeeperHarness.DELAY;
import static io.quarkiverse.hume.runtime.token.KeeperHarness.LIFETIME;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletionStage;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.hume.AccessToken;
import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.HumeAuthenticationException.Reason;

/** A renewal on request. */
class TokenKeeperRenewalTest {

    private final KeeperHarness harness = new KeeperHarness();
    private final TokenKeeper keeper = harness.keeper;
    private final ControlledSource source = harness.source;

    @AfterEach
    void source_always_oneRequestAtATime() {
        source.assertNeverTwoUnderWay();
    }

    @Test
    void renewal_ofAFreshToken_requestsAnotherWhileOthersUseTheCurrentOne() {
        AccessToken old = harness.acquired("a");
        CompletionStage<AccessToken> renewed = keeper.renew();
        assertThat(renewed.toCompletableFuture()).isNotDone();
        assertThat(keeper.current()).isSameAs(old);
        AccessToken token = source.succeed("b", LIFETIME);
        assertThat(renewed.toCompletableFuture()).isCompletedWithValue(token);
        assertThat(keeper.current()).isSameAs(token);
    }

    @Test
    void renewal_withARequestUnderWay_joinsIt() {
        harness.staleWithRequest("a");
        CompletionStage<AccessToken> renewed = keeper.renew();
        assertThat(source.requests()).isEqualTo(2);
        AccessToken token = source.succeed("b", LIFETIME);
        assertThat(renewed.toCompletableFuture()).isCompletedWithValue(token);
    }

    @Test
    void renewal_duringTheBackOff_failsAtOnceAndKeepsTheToken() {
        AccessToken old = harness.acquired("a");
        CompletionStage<AccessToken> first = keeper.renew();
        source.fail(KeeperHarness.failure(Reason.TOKEN_ENDPOINT_UNAVAILABLE));
        assertThat(first).satisfies(KeeperHarness.failedWith(Reason.TOKEN_ENDPOINT_UNAVAILABLE));
        HumeAuthenticationException failure = KeeperHarness.failureOf(keeper.renew());
        assertThat(failure.retryAt()).contains(harness.time.now().plus(DELAY));
        assertThat(source.requests()).isEqualTo(2);
        assertThat(keeper.current()).isSameAs(old);
    }

    @Test
    void renewal_afterTheEnd_isATypedError() {
        harness.acquired("a");
        keeper.close();
        assertThat(keeper.renew()).satisfies(KeeperHarness.failedWith(Reason.CLOSED));
    }
}
