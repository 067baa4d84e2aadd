package io.quarkiverse.hume.runtime.token;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CancellationException;

import io.quarkiverse.hume.AccessToken;
import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.HumeAuthenticationException.Reason;
import io.quarkiverse.hume.runtime.name.AccountName;

/** The failures that the engine reports when there is no token. They never contain a token or key. */
final class TokenFailures {

    private final String account;
    private final String named;

    TokenFailures(String account) {
        this.account = account;
        this.named = AccountName.describe(account);
    }

    HumeAuthenticationException closed() {
        return new HumeAuthenticationException(Reason.CLOSED, account,
                "The application is shutting down: no more access tokens for " + named);
    }

    HumeAuthenticationException timedOut(Duration timeout) {
        return new HumeAuthenticationException(Reason.TOKEN_ENDPOINT_TIMEOUT, account, "No access token for " + named
                + " within " + timeout.toMillis() + " ms. Check that " + AccountName.property(account, "base-url")
                + " can be reached from here; if the network needs longer, raise "
                + AccountName.property(account, "token.timeout"));
    }

    HumeAuthenticationException rejectedAgain() {
        return new HumeAuthenticationException(Reason.TOKEN_REJECTED, account,
                "Hume answers 401 to access tokens that it has just issued for " + named
                        + ". Check that the API accepts access tokens (for one that accepts API keys only, use"
                        + " @HumeAuthenticated(strategy = API_KEY)) and that "
                        + AccountName.property(account, "base-url") + " belongs to the keys");
    }

    HumeAuthenticationException typed(Throwable failure) {
        Throwable cause = Failures.cause(failure);
        if (cause instanceof HumeAuthenticationException) {
            return (HumeAuthenticationException) cause;
        }
        String what = cause instanceof CancellationException ? "was cancelled" : "failed with " + cause.getClass().getName();
        return new HumeAuthenticationException(Reason.TOKEN_ENDPOINT_UNAVAILABLE, account,
                "The request for an access token of " + named + " " + what, cause);
    }

    /**
     * @param earliest the earliest acceptable expiry
     * @return the failure; {@code null} if the token can be used
     */
    HumeAuthenticationException problemWith(AccessToken token, Instant earliest) {
        if (token == null) {
            return new HumeAuthenticationException(Reason.INVALID_TOKEN_RESPONSE, account,
                    "The token source of " + named + " ended without a token. Check the HumeTokenSource of the application");
        }
        if (token.expiresAt().isAfter(earliest)) {
            return null;
        }
        return new HumeAuthenticationException(Reason.INVALID_TOKEN_RESPONSE, account, "The access token for " + named
                + " had already expired when it arrived: it expired at " + token.expiresAt() + ". Check the"
                + " lifetime that the token endpoint or the HumeTokenSource of the application states");
    }

    /** The failure for a caller while no request is allowed. */
    HumeAuthenticationException notAllowedYet(TokenState state, long now, Instant wallClock) {
        if (state.backoff() == null) {
            return betweenShortLived(Duration.ofNanos(Math.max(0, state.due(now) - now)), wallClock);
        }
        HumeAuthenticationException last = state.backoff().failure();
        if (state.closed()) {
            return Failures.forOneCaller(last);
        }
        Duration wait = Duration.ofNanos(Math.max(0, state.backoff().notBefore() - now));
        return new HumeAuthenticationException(last.reason(), account, last.getMessage()
                + ". Not tried again yet: the next attempt is due in " + text(wait), last,
                wallClock.plus(wait));
    }

    private HumeAuthenticationException betweenShortLived(Duration wait, Instant wallClock) {
        return new HumeAuthenticationException(Reason.INVALID_TOKEN_RESPONSE, account, "The last access token for " + named
                + " was valid for seconds or less, and the next one is not requested before " + text(wait)
                + " have passed. Check the lifetime that the token endpoint or the HumeTokenSource of the application states."
                + " With " + AccountName.property(account, "token.retry.max-wait") + "=1S, calls wait for the next one", null,
                wallClock.plus(wait));
    }

    /** In whole seconds, rounded up, unless it is less than ten seconds. */
    private static String text(Duration wait) {
        return wait.toSeconds() < 10 ? wait.toMillis() + " ms" : wait.plusMillis(999).toSeconds() + " s";
    }
}
