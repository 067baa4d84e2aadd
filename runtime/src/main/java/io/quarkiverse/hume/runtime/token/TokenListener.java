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
     * @param failures how many in a row, this one included
     * @param retryAt when the next one is allowed
     * @param validUntil until when the current token lasts; {@code null} if there is none
     */
    default void failed(HumeAuthenticationException failure, int failures, Instant retryAt, Instant validUntil,
            Duration took) {
    }

    /** The token that has just arrived, and the one before it, end so soon that their lifetime must be a mistake. */
    default void shortLived(Duration lifetime) {
    }

    /** The first success after failures. */
    default void recovered(int failures) {
    }

    /** A caller reported the current token as rejected by the API, and it is dropped or another one is requested. */
    default void rejected() {
    }

    /** The API repeatedly rejects tokens that it accepts for other calls, or that were requested because of a rejection. */
    default void rejectionsPersist(Instant nextRenewal) {
    }

    /**
     * A method other than this threw this, of this listener or of another one of the account, or the cancelling of a request
     * or timer did.
     */
    default void broken(Throwable cause) {
    }

    TokenListener NONE = new TokenListener() {
    };
}
