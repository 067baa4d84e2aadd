package io.quarkiverse.hume.runtime.webhook;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

import io.quarkiverse.hume.runtime.account.AccountProfile;
import io.quarkiverse.hume.runtime.config.WebhookRuntimeConfig;
import io.quarkiverse.hume.runtime.credential.AccountCredentials;
import io.quarkiverse.hume.runtime.name.AccountName;

/** What an account's webhooks are verified with. Shows no key in {@link #toString()}. */
final class WebhookSettings {

    private final WebhookRuntimeConfig config;
    private final AccountProfile account;
    private final AccountCredentials credentials;

    WebhookSettings(WebhookRuntimeConfig config, AccountProfile account, AccountCredentials credentials) {
        this.config = config;
        this.account = account;
        this.credentials = credentials;
    }

    /** The name of the account. */
    String name() {
        return account.name();
    }

    /** The account, for messages. */
    String account() {
        return account.describe();
    }

    /** The full name of one of these settings, for messages. */
    String property(String setting) {
        return AccountName.property(account.name(), "webhook." + setting);
    }

    /** Why no webhook can be verified, as a sentence that names the remedy. */
    Optional<String> problem() {
        if (config.signingKey().isPresent() || account.noKey() == null) {
            return Optional.empty();
        }
        return Optional.of(property("signing-key") + " is not set, and " + account.noKey() + ", so that webhooks for "
                + account() + " cannot be verified. Set one of them");
    }

    /** The keys of which one must have signed; if there are none, the account's API key must. */
    Optional<List<String>> configuredKeys() {
        return config.signingKey();
    }

    /** The account's API key as it was last learned. Does not block. */
    Optional<List<String>> knownKeys() {
        return Optional.ofNullable(credentials.current()).map(keys -> List.of(keys.apiKey()));
    }

    /** The account's API key as the credentials provider has it now. Does not block. */
    CompletionStage<List<String>> askForKeys() {
        return credentials.latest().thenApply(keys -> List.of(keys.apiKey()));
    }

    /** In bytes. */
    long maxBodySize() {
        return config.maxBodySize().asLongValue();
    }

    Duration bodyTimeout() {
        return config.bodyTimeout();
    }

    Duration tolerance() {
        return config.tolerance();
    }

    Duration clockSkew() {
        return config.clockSkew();
    }

    int replayLimit() {
        return config.replayLimit();
    }

    @Override
    public String toString() {
        return "WebhookSettings[" + account.name() + "]";
    }
}
