package io.quarkiverse.hume;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/**
 * The state of an account at one moment. Contains no secret.
 *
 * @param account its name, {@link HumeAccount#DEFAULT} for the default one
 * @param strategy {@link HumeStrategy#API_KEY} or {@link HumeStrategy#TOKEN}
 * @param reason why this strategy was chosen, as a clause
 * @param baseUrl the base URL of its platform
 * @param token the state of its access token; empty if the account has none
 * @param apiKeyExpiresAt when its API key expires; empty if neither {@code hume.api-key-expires-at} nor the provider of the
 *        key states it
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
     * @param receivedAt when it arrived; empty if there is none, like the next two
     * @param refreshAt when it will be renewed
     * @param expiresAt the first instant at which it is no longer valid
     * @param refreshing whether a request for a new one is under way
     * @param failures the number of consecutive failed requests
     * @param lastFailure the message of the last failure; empty after a success
     * @param retryAt when the next request is allowed, if it has to wait
     * @param failureReason the reason of the last failure; empty after a success
     * @param failingSince the time of the first of these failures; empty after a success
     */
    public record Token(boolean valid, Optional<Instant> receivedAt, Optional<Instant> refreshAt, Optional<Instant> expiresAt,
            boolean refreshing, int failures, Optional<String> lastFailure, Optional<Instant> retryAt,
            Optional<HumeAuthenticationException.Reason> failureReason, Optional<Instant> failingSince) {
    }
}
