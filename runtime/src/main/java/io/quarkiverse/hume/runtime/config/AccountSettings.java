package io.quarkiverse.hume.runtime.config;

import io.quarkiverse.hume.HumeAccount;

/**
 * The settings of each account, grouped by the packages that use them. They have been validated at start-up, and contain no
 * keys.
 */
public final class AccountSettings {

    private final HumeRuntimeConfig config;

    public AccountSettings(HumeRuntimeConfig config) {
        this.config = config;
    }

    /** @param account the name of an account that exists */
    public TokenRuntimeConfig token(String account) {
        return of(account).token();
    }

    /** @param account the name of an account that exists */
    public WebSocketRuntimeConfig webSocket(String account) {
        return of(account).webSocket();
    }

    /** @param account the name of an account that exists */
    public WebhookRuntimeConfig webhook(String account) {
        return of(account).webhook();
    }

    /** @param account the name of an account that exists */
    public boolean retryOnUnauthorized(String account) {
        return of(account).retryOnUnauthorized();
    }

    private AccountRuntimeConfig of(String account) {
        return account.equals(HumeAccount.DEFAULT) ? config.defaultAccount() : config.accounts().get(account);
    }
}
