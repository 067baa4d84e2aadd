package io.quarkiverse.hume;

import io.smallrye.mutiny.Uni;

/**
 * Obtains access tokens. The default implementation sends {@code POST /oauth2-cc/token} with the client credentials grant (RFC
 * 6749 section 4.4). An application replaces it with a CDI bean of this type, for instance if its own gateway issues the
 * tokens. One bean serves all accounts.
 * <p>
 * The extension caches and shares the token, renews it before it expires, and backs off after failures. It calls the source
 * only when a new token is needed, and never while an earlier request for the same account is in progress.
 */
public interface HumeTokenSource {

    /**
     * Requests a new access token.
     * <p>
     * May be called on an event loop and must not block. The subscription is cancelled after {@code hume.token.timeout}. A
     * {@link HumeAuthenticationException} is passed to the callers unchanged. Any other failure becomes the cause of a {@link
     * HumeAuthenticationException} with the reason {@link HumeAuthenticationException.Reason#TOKEN_ENDPOINT_UNAVAILABLE}.
     *
     * @param account the name of the account, {@link HumeAccount#DEFAULT} for the default one
     * @param credentials the keys to use
     * @return the token; never {@code null}, and never the item {@code null}
     */
    Uni<AccessToken> requestToken(String account, HumeCredentials credentials);
}
