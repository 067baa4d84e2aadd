package io.quarkiverse.hume;

import java.time.Instant;
import java.util.Optional;

/**
 * A CDI event about the credential of an account. Observe this type to receive all events, or one of the records to receive
 * only its events. Events are fired asynchronously: observers need {@code @ObservesAsync}, run on worker threads and may block,
 * which delays only the other observers of the same event. An exception of an observer is logged and has no other effect. No
 * event contains a secret.
 */
public sealed interface HumeEvent {

    /** The name of the account, {@link HumeAccount#DEFAULT} for the default one. */
    String account();

    /**
     * A new access token is in use.
     *
     * @param account the name of the account
     * @param expiresAt the first instant at which the token is no longer valid
     * @param refreshAt when the token will be renewed
     */
    record TokenRefreshed(String account, Instant expiresAt, Instant refreshAt) implements HumeEvent {
    }

    /**
     * A request for an access token failed, and the previous request had not failed. Further failures fire no event until a
     * request succeeds or the keys are replaced.
     *
     * @param account the name of the account
     * @param reason the kind of failure
     * @param nextAttemptAt when the next request is allowed; empty if it is allowed at once
     * @param tokenValidUntil the time until which calls can use the current token; empty if there is none
     */
    record TokenRefreshFailing(String account, HumeAuthenticationException.Reason reason, Optional<Instant> nextAttemptAt,
            Optional<Instant> tokenValidUntil) implements HumeEvent {
    }

    /**
     * A request for an access token succeeded after failures.
     *
     * @param account the name of the account
     * @param failures the number of consecutive failures
     */
    record TokenRefreshRecovered(String account, int failures) implements HumeEvent {
    }

    /**
     * Hume rejected a credential that was in use. For an access token, the event is fired when the token is replaced or dropped
     * because of a call that was answered with 401. For an API key, it is fired for the first 401 of a call or of the token
     * endpoint, and not again while the key is the same.
     *
     * @param account the name of the account
     * @param credential {@link HumeStrategy#TOKEN} for an access token, {@link HumeStrategy#API_KEY} for an API key
     */
    record CredentialRejected(String account, HumeStrategy credential) implements HumeEvent {
    }

    /**
     * The API key expires within {@code hume.key-expiry-warning}, or has expired. Fired once a day.
     *
     * @param account the name of the account
     * @param expiresAt when the key expires
     */
    record ApiKeyExpiring(String account, Instant expiresAt) implements HumeEvent {
    }
}
