package io.quarkiverse.hume;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/**
 * The state of an account at one moment. Contains no secret.
 *
 * @param account the name of the account, {@link HumeAccount#DEFAULT} for the default one
 * @param strategy {@link HumeStrategy#API_KEY} or {@link HumeStrategy#TOKEN}
 * @param reason why this strategy was chosen, as a clause
 * @param baseUrl the base URL of the account's platform
 * @param token the state of the account's access token; empty if the account does not use access tokens
 * @param apiKeyExpiresAt when the API key of the account expires; empty if neither {@code hume.api-key-expires-at} nor the
 *        provider of the key specifies it, or if the key was valid for at most a day when the provider returned it, because
 *        such a provider is expected to replace the key itself
 */
public record HumeAccountStatus(String account, HumeStrategy strategy, String reason, URI baseUrl, Optional<Token> token,
        Optional<Instant> apiKeyExpiresAt) {

    /** An account whose API key has no known expiry. */
    public HumeAccountStatus(String account, HumeStrategy strategy, String reason, URI baseUrl, Optional<Token> token) {
        this(account, strategy, reason, baseUrl, token, Optional.empty());
    }

    /**
     * The state of an access token, without the token.
     *
     * @param valid whether there is a token that can be used
     * @param receivedAt when the token arrived; empty if there is no token
     * @param refreshAt when the token will be renewed; empty if there is no token
     * @param expiresAt the first instant at which the token is no longer valid; empty if there is no token
     * @param refreshing whether a request for a new token is in progress
     * @param failures the number of consecutive failed requests
     * @param lastFailure the message of the last failure; empty after a success
     * @param retryAt when the next request is allowed; empty if it is allowed now
     * @param failureReason the reason of the last failure; empty after a success
     * @param failingSince the time of the first of the consecutive failures; empty after a success
     */
    public record Token(boolean valid, Optional<Instant> receivedAt, Optional<Instant> refreshAt, Optional<Instant> expiresAt,
            boolean refreshing, int failures, Optional<String> lastFailure, Optional<Instant> retryAt,
            Optional<HumeAuthenticationException.Reason> failureReason, Optional<Instant> failingSince) {
    }
}
