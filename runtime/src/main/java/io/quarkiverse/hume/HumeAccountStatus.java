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
 * @param baseUrl where its platform is
 * @param token the state of its access token; empty if the account has none
 */
public record HumeAccountStatus(String account, HumeStrategy strategy, String reason, URI baseUrl, Optional<Token> token) {

    /**
     * The state of an access token, without the token.
     *
     * @param valid whether there is a token that can be used
     * @param receivedAt when it arrived; empty if there is none, as the next two
     * @param refreshAt when it will be renewed
     * @param expiresAt the first instant at which it is no longer valid
     * @param refreshing whether a request for a new one is under way
     * @param failures how many requests have failed in a row
     * @param lastFailure what the last of them said; empty after a success
     * @param retryAt when the next request is allowed, if it has to wait
     * @param failureReason of what kind the last of them was; empty after a success
     * @param failingSince since when there has been nothing but failures; empty after a success
     */
    public record Token(boolean valid, Optional<Instant> receivedAt, Optional<Instant> refreshAt, Optional<Instant> expiresAt,
            boolean refreshing, int failures, Optional<String> lastFailure, Optional<Instant> retryAt,
            Optional<HumeAuthenticationException.Reason> failureReason, Optional<Instant> failingSince) {
    }
}
