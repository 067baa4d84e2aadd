package io.quarkiverse.hume.runtime.webhook;

import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.inject.Singleton;

import io.quarkiverse.hume.runtime.account.AccountRegistry;

/** The verifications of all accounts that receive webhooks; one each, so that a replay at another resource is seen. */
@Singleton
public class WebhookVerifications {

    private final AccountRegistry accounts;
    private final Map<String, WebhookVerification> verifications = new ConcurrentHashMap<>();

    public WebhookVerifications(AccountRegistry accounts) {
        this.accounts = accounts;
    }

    /** @throws io.quarkiverse.hume.HumeAuthenticationException if nothing is configured for the account */
    WebhookVerification of(String account) {
        return verifications.computeIfAbsent(account,
                name -> new WebhookVerification(accounts.get(name).webhook(), accounts.get(name).listener(),
                        InstantSource.system()));
    }
}
