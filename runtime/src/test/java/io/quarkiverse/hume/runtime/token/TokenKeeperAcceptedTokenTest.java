package io.quarkiverse.hume.runtime.token;

import static io.quarkiverse.hume.runtime.token.KeeperHarness.DELAY;
import static io.quarkiverse.hume.runtime.token.KeeperHarness.LIFETIME;
import static io.quarkiverse.hume.runtime.token.KeeperHarness.REFRESH_BEFORE;
import static io.quarkiverse.hume.runtime.token.KeeperHarness.failure;
import static io.quarkiverse.hume.runtime.token.KeeperHarness.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.hume.AccessToken;
import io.quarkiverse.hume.HumeAuthenticationException.Reason;

/** Responses with 401 and 403 for a token that Hume accepts for other calls. */
class TokenKeeperAcceptedTokenTest {

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final KeeperHarness harness = new KeeperHarness();
    private final TokenKeeper keeper = harness.keeper;
    private final ControlledSource source = harness.source;
    private final SimulatedTime time = harness.time;

    @AfterEach
    void source_always_oneRequestAtATime() {
        source.assertNeverTwoUnderWay();
    }

    @Test
    void replacement_isRequestedWhileOthersUseTheToken() {
        AccessToken token = accepted("a");
        CompletionStage<AccessToken> first = replacement(token);
        CompletionStage<AccessToken> second = replacement(token);
        assertThat(first.toCompletableFuture()).isNotDone();
        assertThat(keeper.current()).isSameAs(token);
        assertThat(keeper.get().toCompletableFuture()).isCompletedWithValue(token);
        assertThat(source.requests()).isEqualTo(2);
        AccessToken next = source.succeed("b", LIFETIME);
        assertThat(first.toCompletableFuture()).isCompletedWithValue(next);
        assertThat(second.toCompletableFuture()).isCompletedWithValue(next);
        assertThat(keeper.current()).isSameAs(next);
        assertThat(harness.events).filteredOn("rejected"::equals).hasSize(1);
    }

    @Test
    void replacement_joinsARenewalUnderWay() {
        AccessToken token = accepted("a");
        time.advance(LIFETIME.minus(REFRESH_BEFORE));
        keeper.current();
        CompletionStage<AccessToken> next = replacement(token);
        assertThat(source.requests()).isEqualTo(2);
        AccessToken renewed = source.succeed("b", LIFETIME);
        assertThat(next.toCompletableFuture()).isCompletedWithValue(renewed);
    }

    @Test
    void replacement_withinTheInterval_isNullAndRequestsNothing() {
        AccessToken renewed = renewed(accepted("a"), "b");
        assertThat(replacement(renewed).toCompletableFuture()).isCompletedWithValue(null);
        assertThat(keeper.current()).isSameAs(renewed);
        assertThat(source.requests()).isEqualTo(2);
    }

    @Test
    void interval_doublesUpToAMinute_evenIfOtherCallsSucceed() {
        AccessToken token = renewed(accepted("a"), "0");
        for (int renewal = 1; renewal <= 12; renewal++) {
            Duration interval = renewal > 9 ? Duration.ofMinutes(6) : INTERVAL.multipliedBy(1L << (renewal - 1));
            keeper.accepted(token);
            time.advance(interval.minusNanos(1));
            assertThat(replacement(token).toCompletableFuture()).as("renewal %s, early", renewal).isCompletedWithValue(null);
            time.advance(Duration.ofNanos(1));
            keeper.accepted(token);
            token = renewed(token, Integer.toString(renewal));
        }
        assertThat(source.requests()).isEqualTo(14);
    }

    /** It was the token: the calls that were repeated with the new one succeeded. */
    @Test
    void interval_afterARenewalThatWasJustified_doesNotGrow() {
        AccessToken token = renewed(accepted("a"), "0");
        for (int renewal = 1; renewal <= 12; renewal++) {
            keeper.recovered(token.authorization());
            keeper.recovered("Bearer another");
            time.advance(INTERVAL.minusNanos(1));
            assertThat(replacement(token).toCompletableFuture()).as("renewal %s, early", renewal).isCompletedWithValue(null);
            time.advance(Duration.ofNanos(1));
            token = renewed(token, Integer.toString(renewal));
        }
        assertThat(source.requests()).isEqualTo(14);
    }

    @Test
    void interval_afterAPause_startsAnew() {
        AccessToken token = renewed(accepted("a"), "b");
        time.advance(INTERVAL);
        token = renewed(token, "c");
        time.advance(INTERVAL.multipliedBy(2).plusMinutes(6));
        token = renewed(token, "d");
        time.advance(INTERVAL);
        assertThat(replacement(token).toCompletableFuture()).isNotDone();
    }

    @Test
    void interval_afterARequestForAnotherReason_startsAnew() {
        AccessToken token = renewed(accepted("a"), "b");
        keeper.renew();
        AccessToken other = source.succeed("c", LIFETIME);
        keeper.accepted(other);
        assertThat(replacement(token).toCompletableFuture()).isCompletedWithValue(other);
        assertThat(replacement(other).toCompletableFuture()).isNotDone();
    }

    @Test
    void interval_requestThatFails_doesNotCount() {
        AccessToken token = accepted("a");
        CompletionStage<AccessToken> next = replacement(token);
        source.fail(failure(Reason.TOKEN_ENDPOINT_UNAVAILABLE));
        assertThat(failureOf(next).reason()).isEqualTo(Reason.TOKEN_ENDPOINT_UNAVAILABLE);
        assertThat(keeper.current()).isSameAs(token);
        assertThat(failureOf(replacement(token)).retryAt()).as("the back-off is not over").contains(time.now().plus(DELAY));
        assertThat(keeper.newer(token.authorization()).toCompletableFuture()).isCompletedWithValue(null);
        time.advance(DELAY);
        assertThat(replacement(token).toCompletableFuture()).isNotDone();
        assertThat(source.requests()).isEqualTo(3);
    }

    @Test
    void duringBackoff_replacementWaitsForTheNextRequestIfThatIsDueSoon() {
        KeeperHarness waiting = new KeeperHarness(Duration.ofSeconds(1));
        AccessToken token = waiting.acquired("a");
        waiting.keeper.accepted(token);
        waiting.keeper.replacement(token.authorization());
        waiting.source.fail(failure(Reason.TOKEN_ENDPOINT_UNAVAILABLE));
        CompletionStage<AccessToken> next = waiting.keeper.replacement(token.authorization());
        assertThat(next.toCompletableFuture()).isNotDone();
        assertThat(waiting.keeper.current()).isSameAs(token);
        waiting.time.advance(DELAY);
        AccessToken renewed = waiting.source.succeed("b", LIFETIME);
        assertThat(next.toCompletableFuture()).isCompletedWithValue(renewed);
    }

    @Test
    void rejectionsOfManyTokens_areReportedOnce() {
        AccessToken token = accepted("a");
        for (int second = 0; second < 300; second++) {
            CompletionStage<AccessToken> next = replacement(token);
            if (!next.toCompletableFuture().isDone()) {
                token = source.succeed("t" + second, LIFETIME);
                keeper.accepted(token);
            }
            time.advance(Duration.ofSeconds(1));
        }
        assertThat(source.requests()).isLessThan(12);
        assertThat(harness.events).filteredOn(event -> event.startsWith("rejections persist")).hasSize(1);
    }

    @Test
    void newTokenRejectedBeforeItWasAccepted_staysInUse() {
        AccessToken token = accepted("a");
        AccessToken next = renewed(token, "b", false);
        assertThat(replacement(next).toCompletableFuture()).isCompletedWithValue(null);
        assertThat(keeper.current()).isSameAs(next);
        assertThat(keeper.status().lastFailure()).as("the account is well").isNull();
        assertThat(replacement(token).toCompletableFuture()).as("a late answer").isCompletedWithValue(next);
        assertThat(source.requests()).isEqualTo(2);
    }

    @Test
    void newTokenRejectedAfterARegularRenewal_staysInUse() {
        accepted("a");
        time.advance(LIFETIME.minus(REFRESH_BEFORE));
        keeper.current();
        AccessToken next = source.succeed("b", LIFETIME);
        keeper.reject(next);
        assertThat(keeper.get().toCompletableFuture()).isCompletedWithValue(next);
    }

    @Test
    void newTokenRejectedAfterTheAcceptedOneExpired_staysInUse() {
        accepted("a");
        time.advance(LIFETIME);
        AccessToken next = harness.acquired("b");
        keeper.reject(next);
        assertThat(keeper.current()).isSameAs(next);
    }

    @Test
    void newTokenRejectedAfterCredentialsChanged_staysInUse() {
        accepted("a");
        keeper.credentialsChanged();
        AccessToken next = source.succeed("b", LIFETIME);
        keeper.reject(next);
        assertThat(keeper.current()).isSameAs(next);
    }

    @Test
    void lateAcceptanceOfTheOlderToken_changesNothing() {
        AccessToken token = accepted("a");
        AccessToken next = renewed(token, "b", false);
        keeper.accepted(token);
        assertThat(keeper.current()).isSameAs(next);
    }

    @Test
    void reject_requestsOneAndKeepsTheToken() {
        AccessToken token = accepted("a");
        keeper.reject(token);
        keeper.reject(token);
        assertThat(keeper.current()).isSameAs(token);
        assertThat(keeper.renewing()).isTrue();
        CompletionStage<AccessToken> next = keeper.next();
        AccessToken renewed = source.succeed("b", LIFETIME);
        assertThat(next.toCompletableFuture()).isCompletedWithValue(renewed);
        keeper.accepted(renewed);
        keeper.reject(renewed);
        assertThat(keeper.renewing()).as("within the interval").isFalse();
        assertThat(keeper.next().toCompletableFuture()).isCompletedWithValue(renewed);
    }

    @Test
    void next_requestFails_isTheCurrentToken() {
        AccessToken token = accepted("a");
        keeper.reject(token);
        CompletionStage<AccessToken> next = keeper.next();
        source.fail(failure(Reason.TOKEN_ENDPOINT_UNAVAILABLE));
        assertThat(next.toCompletableFuture()).isCompletedWithValue(token);
    }

    @Test
    void forbidden_tokenNeverAccepted_isKept() {
        AccessToken token = harness.acquired("a");
        CompletionStage<AccessToken> newer = keeper.newer(token.authorization());
        assertThat(keeper.current()).isSameAs(token);
        AccessToken next = source.succeed("b", LIFETIME);
        assertThat(newer.toCompletableFuture()).isCompletedWithValue(next);
        assertThat(keeper.newer(next.authorization()).toCompletableFuture()).isCompletedWithValue(null);
        assertThat(keeper.newer(token.authorization()).toCompletableFuture()).isCompletedWithValue(next);
        assertThat(keeper.current()).isSameAs(next);
        assertThat(source.requests()).isEqualTo(2);
    }

    /** A handshake that needs an API key is answered with 403 whatever the token is. Calls with revoked tokens do not wait. */
    @Test
    void forbidden_doesNotDelayTheReplacementOfRejectedTokens() {
        AccessToken token = accepted("a");
        for (int handshake = 0; handshake < Renewals.PERSISTENT + 1; handshake++) {
            time.advance(Duration.ofMinutes(1));
            keeper.newer(token.authorization());
            token = source.succeed("forbidden-" + handshake, LIFETIME);
            assertThat(keeper.newer(token.authorization()).toCompletableFuture()).isCompletedWithValue(null);
        }
        assertThat(harness.events).noneMatch(event -> event.startsWith("reject"));
        AccessToken next = renewed(token, "b");
        assertThat(keeper.newer(next.authorization()).toCompletableFuture()).isCompletedWithValue(null);
        time.advance(INTERVAL);
        assertThat(replacement(next).toCompletableFuture()).isNotDone();
        assertThat(harness.events).filteredOn("rejected"::equals).hasSize(2);
    }

    /** After the third renewal, of which a retry succeeded, the count stays the same. */
    @Test
    void persistentRejections_areReportedOnce() {
        AccessToken token = renewed(accepted("a"), "0");
        for (int renewal = 1; renewal <= 5; renewal++) {
            if (renewal > 2) {
                keeper.recovered(token.authorization());
            }
            time.advance(Duration.ofSeconds(30));
            token = renewed(token, Integer.toString(renewal));
        }
        assertThat(harness.events).filteredOn(event -> event.startsWith("rejections persist")).hasSize(1);
    }

    @Test
    void forbidden_requestFails_thereIsNoNewer() {
        CompletionStage<AccessToken> newer = keeper.newer(accepted("a").authorization());
        source.fail(failure(Reason.TOKEN_ENDPOINT_UNAVAILABLE));
        assertThat(newer.toCompletableFuture()).isCompletedWithValue(null);
    }

    @Test
    void closed_thereIsNoOther() {
        AccessToken token = accepted("a");
        keeper.close();
        assertThat(replacement(token).toCompletableFuture()).isCompletedWithValue(null);
        assertThat(keeper.newer(token.authorization()).toCompletableFuture()).isCompletedWithValue(null);
    }

    private AccessToken accepted(String value) {
        AccessToken token = harness.acquired(value);
        keeper.accepted(token);
        return token;
    }

    private AccessToken renewed(AccessToken rejected, String value) {
        return renewed(rejected, value, true);
    }

    private AccessToken renewed(AccessToken rejected, String value, boolean accepted) {
        CompletionStage<AccessToken> next = replacement(rejected);
        AccessToken token = source.succeed(value, LIFETIME);
        assertThat(next.toCompletableFuture()).isCompletedWithValue(token);
        if (accepted) {
            keeper.accepted(token);
        }
        return token;
    }

    private CompletionStage<AccessToken> replacement(AccessToken token) {
        return keeper.replacement(token.authorization());
    }
}
