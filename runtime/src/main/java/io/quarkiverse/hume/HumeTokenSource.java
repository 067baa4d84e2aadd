package io.quarkiverse.hume;

import io.smallrye.mutiny.Uni;

/**
 * Obtains access tokens. The default implementation sends {@code POST /oauth2-cc/token} with the client credentials grant
 * (RFC 6749 section 4.4). An application replaces it with a CDI bean of this type, for instance if its own gateway issues the
 * tokens. One bean serves all accounts.
 * <p>
 * The extension handles freshness, sharing, back-off and single flight: it calls the source only when a new token is needed,
 * and never while an earlier request of the same account is under way.
 */
public interface HumeTokenSource {

    /**
     * Requests a new access token.
     * <p>
     * May be called on an event loop and must not block. The subscription is cancelled after {@code hume.token.timeout}. A
     * {@link HumeAuthenticationException} is reported as it is. Any other failure becomes the cause of one with the reason
     * {@link HumeAuthenticationException.Reason#TOKEN_ENDPOINT_UNAVAILABLE}.
     *
     * @param account the name of the account, {@link HumeAccount#DEFAULT} for the default one
     * @param credentials the keys to use
     * @return the token; never {@code null}, and never the item {@code null}
     */
    Uni<AccessToken> requestToken(String account, HumeCredentials credentials);
}
