package io.quarkiverse.hume.runtime.account;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import io.quarkiverse.hume.AccessToken;
import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.HumeAuthenticationException.Reason;
import io.quarkiverse.hume.HumeStrategy;
import io.quarkiverse.hume.runtime.context.CallerContexts;
import io.quarkiverse.hume.runtime.context.ContextualCredential;
import io.quarkiverse.hume.runtime.credential.AccountCredentials;
import io.quarkiverse.hume.runtime.credential.ApiKeyCredential;
import io.quarkiverse.hume.runtime.credential.RequestCredential;
import io.quarkiverse.hume.runtime.credential.TokenCredential;
import io.quarkiverse.hume.runtime.name.AccountName;
import io.quarkiverse.hume.runtime.token.TokenKeeper;

/**
 * The credentials of an account's requests: its keys and, if the account can use them, its tokens. Never blocks. Each caller
 * continues on its own context.
 */
public final class AccountAuthentication {

    private final AccountProfile profile;
    private final AccountCredentials keys;
    private final TokenKeeper keeper;
    private final CallerContexts contexts;
    private final Supplier<Optional<Instant>> keyExpiry;
    private final RequestCredential apiKey;
    private final RequestCredential token;

    /**
     * @param keeper the keeper of the account's token; {@code null} if the account cannot use tokens
     * @param keyExpiry supplies the time at which the API key expires, if it is known; must not block
     */
    public AccountAuthentication(AccountProfile profile, AccountCredentials keys, TokenKeeper keeper, CallerContexts contexts,
            Supplier<Optional<Instant>> keyExpiry) {
        this.profile = profile;
        this.keys = keys;
        this.keeper = keeper;
        this.contexts = contexts;
        this.keyExpiry = keyExpiry;
        this.apiKey = new ContextualCredential(new ApiKeyCredential(keys), contexts);
        this.token = keeper == null ? null : new ContextualCredential(new TokenCredential(keeper), contexts);
    }

    /** The keys in use. */
    public AccountCredentials keys() {
        return keys;
    }

    /** When the API key expires; empty if it is not known. */
    public Optional<Instant> keyExpiresAt() {
        return keyExpiry.get();
    }

    public boolean hasTokens() {
        return keeper != null;
    }

    /** @throws HumeAuthenticationException if the account cannot use tokens */
    public TokenKeeper keeper() {
        if (keeper == null) {
            String name = profile.name();
            throw new HumeAuthenticationException(Reason.STRATEGY_UNAVAILABLE, name, "There are no access tokens for "
                    + profile.describe() + ", because it uses the API key strategy (" + profile.reason() + "). Set "
                    + AccountName.property(name, "secret-key") + " where the application is built, or choose "
                    + AccountName.property(name, "strategy") + "=token");
        }
        return keeper;
    }

    /** The contexts on which waiting callers of this account continue. */
    public CallerContexts contexts() {
        return contexts;
    }

    /**
     * The credential that requests carry. Its stages complete on the caller's context.
     *
     * @param requested {@link HumeStrategy#AUTO} for the account's own strategy
     * @throws HumeAuthenticationException if {@link HumeStrategy#TOKEN} is requested and the account cannot use tokens
     */
    public RequestCredential credential(HumeStrategy requested) {
        HumeStrategy effective = requested == HumeStrategy.AUTO ? profile.strategy() : requested;
        if (effective == HumeStrategy.API_KEY) {
            return apiKey;
        }
        keeper();
        return token;
    }

    /**
     * Returns the current token if it is valid for at least this long. Otherwise requests the next token and returns it,
     * regardless of its lifetime.
     *
     * @return completes on the caller's context; fails with a {@link HumeAuthenticationException} if the next token is needed
     *         and cannot be obtained, even if the current one is still valid
     */
    public CompletionStage<AccessToken> tokenLasting(Duration minimum) {
        try {
            return contexts.onOwnContext(keeper().get(minimum));
        } catch (HumeAuthenticationException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /**
     * Requests the next token, regardless of the state of the current one. If a request is in progress, its result is used.
     *
     * @return completes when the token has arrived; fails with a {@link HumeAuthenticationException}, which happens at once
     *         during a back-off period
     */
    public CompletionStage<Void> renewToken() {
        try {
            return contexts.onOwnContext(keeper().renew()).thenAccept(renewed -> {
            });
        } catch (HumeAuthenticationException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
