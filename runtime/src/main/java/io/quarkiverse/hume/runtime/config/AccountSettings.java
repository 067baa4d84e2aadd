package io.quarkiverse.hume.runtime.config;

import io.quarkiverse.hume.HumeAccount;

/**
 * The settings of each account for the part of the extension that they belong to. Valid, since the application has started.
 * The keys of accounts are not among them.
 */
public final class AccountSettings {

    private final HumeRuntimeConfig config;

    public AccountSettings(HumeRuntimeConfig config) {
        this.config = config;
    }

    /** @param account one that exists */
    public TokenRuntimeConfig token(String account) {
        return of(account).token();
    }

    /** @param account one that exists */
    public WebSocketRuntimeConfig webSocket(String account) {
        return of(account).webSocket();
    }

    /** @param account one that exists */
    public WebhookRuntimeConfig webhook(String account) {
        return of(account).webhook();
    }

    /** @param account one that exists */
    public boolean retryOnUnauthorized(String account) {
        return of(account).retryOnUnauthorized();
    }

    private AccountRuntimeConfig of(String account) {
        return account.equals(HumeAccount.DEFAULT) ? config.defaultAccount() : config.accounts().get(account);
    }
}
