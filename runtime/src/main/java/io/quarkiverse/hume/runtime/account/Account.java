package io.quarkiverse.hume.runtime.account;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.quarkiverse.hume.AccessToken;
import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.HumeAuthenticationException.Reason;
import io.quarkiverse.hume.HumeStrategy;
import io.quarkiverse.hume.runtime.config.TokenRuntimeConfig;
import io.quarkiverse.hume.runtime.config.WebSocketRuntimeConfig;
import io.quarkiverse.hume.runtime.credential.AccountCredentials;
import io.quarkiverse.hume.runtime.credential.ApiKeyCredential;
import io.quarkiverse.hume.runtime.credential.RequestCredential;
import io.quarkiverse.hume.runtime.credential.TokenCredential;
import io.quarkiverse.hume.runtime.credential.TrustedHosts;
import io.quarkiverse.hume.runtime.token.AccountName;
import io.quarkiverse.hume.runtime.token.TokenKeeper;

/** One account at run time: its keys, its token and where they may go. */
public final class Account {

    private final String name;
    private final HumeStrategy strategy;
    private final String reason;
    private final URI baseUrl;
    private final boolean retryOnUnauthorized;
    private final TokenRuntimeConfig tokenSettings;
    private final boolean acquireAtStartup;
    private final WebSocketRuntimeConfig webSocket;
    private final TrustedHosts trustedHosts;
    private final TokenKeeper keeper;
    private final WebhookSettings webhook;
    private final TransportSettings transport;
    private final AccountListener listener;
    private final AccountCredentials credentials;
    private final CallerContexts contexts;
    private final RequestCredential apiKey;
    private final RequestCredential token;

    /**
     * @param strategy {@link HumeStrategy#API_KEY} or {@link HumeStrategy#TOKEN}
     * @param acquireAtStartup as configured, and {@code false} if there are no keys to do it with
     * @param keeper {@code null} if the account can have no tokens
     */
    Account(String name, HumeStrategy strategy, String reason, URI baseUrl, boolean retryOnUnauthorized,
            TokenRuntimeConfig tokenSettings, boolean acquireAtStartup, WebSocketRuntimeConfig webSocket,
            TrustedHosts trustedHosts,
            AccountCredentials credentials, TokenKeeper keeper, WebhookSettings webhook, TransportSettings transport,
            AccountListener listener, CallerContexts contexts) {
        this.name = name;
        this.strategy = strategy;
        this.reason = reason;
        this.baseUrl = baseUrl;
        this.retryOnUnauthorized = retryOnUnauthorized;
        this.tokenSettings = tokenSettings;
        this.acquireAtStartup = acquireAtStartup;
        this.webSocket = webSocket;
        this.trustedHosts = trustedHosts;
        this.keeper = keeper;
        this.webhook = webhook;
        this.transport = transport;
        this.listener = listener;
        this.credentials = credentials;
        this.contexts = contexts;
        this.apiKey = new ContextualCredential(new ApiKeyCredential(credentials), contexts);
        this.token = keeper == null ? null : new ContextualCredential(new TokenCredential(keeper), contexts);
    }

    /** For messages: which account this is. */
    public String describe() {
        return AccountName.describe(name);
    }

    public String name() {
        return name;
    }

    /** {@link HumeStrategy#API_KEY} or {@link HumeStrategy#TOKEN}. */
    public HumeStrategy strategy() {
        return strategy;
    }

    /** Why this strategy, as a clause. */
    public String reason() {
        return reason;
    }

    public URI baseUrl() {
        return baseUrl;
    }

    public boolean retryOnUnauthorized() {
        return retryOnUnauthorized;
    }

    public WebSocketRuntimeConfig webSocket() {
        return webSocket;
    }

    /** How often to look whether the token has to be renewed. */
    Duration checkEvery() {
        return tokenSettings.checkEvery();
    }

    /** Whether to fetch a token before anybody wants one. */
    boolean acquireAtStartup() {
        return strategy == HumeStrategy.TOKEN && acquireAtStartup;
    }

    public TrustedHosts trustedHosts() {
        return trustedHosts;
    }

    public WebhookSettings webhook() {
        return webhook;
    }

    public TransportSettings transport() {
        return transport;
    }

    /** To be told what happens to the account's requests. */
    public AccountListener listener() {
        return listener;
    }

    /** @throws HumeAuthenticationException if the account can have no tokens */
    public TokenKeeper keeper() {
        if (keeper == null) {
            throw new HumeAuthenticationException(Reason.STRATEGY_UNAVAILABLE, name, "There are no access tokens for "
                    + AccountName.describe(name) + ", because it uses the API key strategy (" + reason + "). Set "
                    + AccountName.property(name, "secret-key") + " where the application is built, or choose "
                    + AccountName.property(name, "strategy") + "=token");
        }
        return keeper;
    }

    /**
     * A token that lasts at least this long: the current one, or the next, however long that lasts.
     *
     * @return completes on the caller's context; fails with a {@link HumeAuthenticationException} if the next one is needed and
     *         cannot be had, even if the current one is still valid
     */
    public CompletionStage<AccessToken> tokenLasting(Duration minimum) {
        try {
            return contexts.onOwnContext(keeper().get(minimum));
        } catch (HumeAuthenticationException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /**
     * Requests the next token, whatever the current one is; joins a request under way.
     *
     * @return ends when the token is there; fails with a {@link HumeAuthenticationException}, at once during a back-off
     */
    public CompletionStage<Void> renewToken() {
        try {
            return contexts.onOwnContext(keeper().renew()).thenAccept(token -> {
            });
        } catch (HumeAuthenticationException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Where callers continue that wait for something of this account. */
    CallerContexts contexts() {
        return contexts;
    }

    /** The keys in use. */
    AccountCredentials credentials() {
        return credentials;
    }

    public boolean hasTokens() {
        return keeper != null;
    }

    /**
     * What requests carry. Its stages complete on the caller's context.
     *
     * @param requested {@link HumeStrategy#AUTO} for the account's own strategy
     * @throws HumeAuthenticationException if it is {@link HumeStrategy#TOKEN} and the account can have none
     */
    public RequestCredential credential(HumeStrategy requested) {
        HumeStrategy effective = requested == HumeStrategy.AUTO ? strategy : requested;
        if (effective == HumeStrategy.API_KEY) {
            return apiKey;
        }
        keeper();
        return token;
    }
}
