package io.quarkiverse.hume;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A request to Hume could not be authenticated. The message names the problem, the property and the remedy, and never
 * contains a key or token.
 */
public final class HumeAuthenticationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why the request could not be authenticated. */
    public enum Reason {
        /**
         * There is no API key or, for the token strategy, no secret key. This reason also applies if a method that declares a
         * credential header as a parameter was called without a value for it.
         */
        MISSING_CREDENTIALS,
        /** A key is malformed and cannot be sent. */
        INVALID_CREDENTIALS,
        /** Hume rejected the keys. They are not sent again until they change or the back-off period ends. */
        CREDENTIALS_REJECTED,
        /** Hume rejects tokens it has just issued. */
        TOKEN_REJECTED,
        /** The token endpoint cannot be reached or responds with a server error. */
        TOKEN_ENDPOINT_UNAVAILABLE,
        /** The token endpoint did not answer in time. */
        TOKEN_ENDPOINT_TIMEOUT,
        /** The token endpoint rejects further requests for now (status 429). */
        TOKEN_ENDPOINT_RATE_LIMITED,
        /** The response of the token endpoint does not contain a valid token. */
        INVALID_TOKEN_RESPONSE,
        /** The destination is not trusted with the credential. */
        UNTRUSTED_DESTINATION,
        /** Nothing is configured for the account. */
        UNKNOWN_ACCOUNT,
        /** The strategy is not available in this application or for this account. */
        STRATEGY_UNAVAILABLE,
        /** The application is shutting down. */
        CLOSED
    }

    private final Reason reason;
    private final String account;
    private final Instant retryAt;

    /**
     * An exception without a cause and without a time for the next attempt.
     *
     * @param account the account concerned
     */
    public HumeAuthenticationException(Reason reason, String account, String message) {
        this(reason, account, message, null, null);
    }

    /**
     * An exception without a time for the next attempt.
     *
     * @param account the account concerned
     * @param cause may be {@code null}
     */
    public HumeAuthenticationException(Reason reason, String account, String message, Throwable cause) {
        this(reason, account, message, cause, null);
    }

    /**
     * @param account the account concerned
     * @param cause may be {@code null}
     * @param retryAt when the next attempt is due; {@code null} if this is not known
     */
    public HumeAuthenticationException(Reason reason, String account, String message, Throwable cause, Instant retryAt) {
        super(message, cause);
        this.reason = Objects.requireNonNull(reason, "reason");
        this.account = account;
        this.retryAt = retryAt;
    }

    /** The reason of the failure; never {@code null}. */
    public Reason reason() {
        return reason;
    }

    /** The account concerned, {@link HumeAccount#DEFAULT} for the default one. */
    public String account() {
        return account;
    }

    /** When the next attempt is due, or when the token endpoint accepts requests again; empty if this is not known. */
    public Optional<Instant> retryAt() {
        return Optional.ofNullable(retryAt);
    }
}
