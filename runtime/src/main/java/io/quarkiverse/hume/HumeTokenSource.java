package io.quarkiverse.hume;

import io.smallrye.mutiny.Uni;

/**
 * How an access token is obtained. The default sends {@code POST /oauth2-cc/token} with the client credentials grant
 * (RFC 6749 section 4.4); an application replaces it with a CDI bean of this type, for instance where a gateway of its own
 * hands out the tokens. One bean serves all accounts.
 * <p>
 * Freshness, sharing, back-off and single flight are not its business: it is asked exactly when a new token is needed and
 * never while an earlier request of the same account is under way.
 */
public interface HumeTokenSource {

    /**
     * Requests a new access token.
     * <p>
     * May be called on an event loop and must not block. The subscription is cancelled when {@code hume.token.timeout} is
     * over. A failure that is a {@link HumeAuthenticationException} is reported as it is; any other becomes the cause of one
     * with the reason {@link HumeAuthenticationException.Reason#TOKEN_ENDPOINT_UNAVAILABLE}.
     *
     * @param account the name of the account, {@link HumeAccount#DEFAULT} for the default one
     * @param credentials the keys to use
     * @return the token; never {@code null}, and never the item {@code null}
     */
    Uni<AccessToken> requestToken(String account, HumeCredentials credentials);
}
