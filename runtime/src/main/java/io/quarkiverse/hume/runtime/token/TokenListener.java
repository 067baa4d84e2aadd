package io.quarkiverse.hume.runtime.token;

import java.time.Duration;
import java.time.Instant;

import io.quarkiverse.hume.HumeAuthenticationException;

/**
 * Notified of the events of an account's token, outside of any lock. It never receives the token. Its exceptions are passed
 * to {@link #broken(Throwable)} and have no other effect.
 */
public interface TokenListener {

    /** A new token is in use. */
    default void refreshed(Instant expiresAt, Instant refreshAt, Duration took) {
    }

    /**
     * A request failed.
     *
     * @param failures the number of consecutive failures, including this one
     * @param retryAt when the next request is allowed
     * @param validUntil when the current token expires; {@code null} if there is none
     */
    default void failed(HumeAuthenticationException failure, int failures, Instant retryAt, Instant validUntil,
            Duration took) {
    }

    /** The token that has just arrived and the previous one expire so soon that their lifetimes must be a mistake. */
    default void shortLived(Duration lifetime) {
    }

    /** The first success after failures. */
    default void recovered(int failures) {
    }

    /** A caller reported that the API rejected the current token. The token was dropped, or another one was requested. */
    default void rejected() {
    }

    /** The API repeatedly rejects tokens that it accepts for other calls, or that were requested because of a rejection. */
    default void rejectionsPersist(Instant nextRenewal) {
    }

    /**
     * Another method of this listener or of another listener of the account threw an exception, or the cancellation of a
     * request or timer did.
     */
    default void broken(Throwable cause) {
    }

    TokenListener NONE = new TokenListener() {
    };
}
