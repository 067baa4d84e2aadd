package io.quarkiverse.hume.runtime.webhook;

import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.inject.Singleton;

import io.quarkiverse.hume.runtime.account.Account;
import io.quarkiverse.hume.runtime.account.AccountRegistry;
import io.quarkiverse.hume.runtime.config.AccountSettings;
import io.quarkiverse.hume.runtime.config.HumeRuntimeConfig;
import io.quarkiverse.hume.runtime.context.CallerContexts;

/**
 * The verification of the webhooks of all accounts. There is one instance per account, so that a replay at another resource is
 * detected.
 */
@Singleton
public class Webhooks {

    private final AccountRegistry accounts;
    private final AccountSettings settings;
    private final CallerContexts contexts;
    private final Map<String, AccountWebhooks> webhooks = new ConcurrentHashMap<>();
    private volatile UnverifiedBodies unverified;
    private volatile SharedReplays shared = SharedReplays.NONE;

    public Webhooks(AccountRegistry accounts, AccountSettings settings, CallerContexts contexts) {
        this.accounts = accounts;
        this.settings = settings;
        this.contexts = contexts;
    }

    /** Called once, before the first webhook arrives. */
    void start(HumeRuntimeConfig config, SharedReplays shared) {
        this.shared = shared;
        unverified = new UnverifiedBodies(config.unverifiedWebhooks().maxSize().asLongValue());
    }

    /** @throws io.quarkiverse.hume.HumeAuthenticationException if nothing is configured for the account */
    AccountWebhooks of(String account) {
        return webhooks.computeIfAbsent(account, name -> webhooks(accounts.get(name)));
    }

    private AccountWebhooks webhooks(Account account) {
        WebhookSettings webhook = new WebhookSettings(settings.webhook(account.name()), account.profile(),
                account.authentication().keys());
        return new AccountWebhooks(webhook, account.listener(), unverified, shared, contexts, InstantSource.system());
    }
}
