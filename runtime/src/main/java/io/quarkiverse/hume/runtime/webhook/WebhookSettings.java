package io.quarkiverse.hume.runtime.webhook;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

import io.quarkiverse.hume.runtime.account.AccountProfile;
import io.quarkiverse.hume.runtime.config.WebhookRuntimeConfig;
import io.quarkiverse.hume.runtime.credential.AccountCredentials;
import io.quarkiverse.hume.runtime.name.AccountName;

/** The settings with which an account's webhooks are verified. {@link #toString()} contains no key. */
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

    /** Why no webhook can be verified, as a sentence that names the remedy; empty if webhooks can be verified. */
    Optional<String> problem() {
        if (config.signingKey().isPresent() || account.noKey() == null) {
            return Optional.empty();
        }
        return Optional.of(property("signing-key") + " is not set, and " + account.noKey() + ", so that webhooks for "
                + account() + " cannot be verified. Set one of them");
    }

    /**
     * The configured signing keys, with one of which a webhook must be signed; empty if webhooks must be signed with the
     * account's API key.
     */
    Optional<List<String>> configuredKeys() {
        return config.signingKey();
    }

    /** The last known API key of the account. Does not block. */
    Optional<List<String>> knownKeys() {
        return Optional.ofNullable(credentials.current()).map(keys -> List.of(keys.apiKey()));
    }

    /** Requests the current API key of the account from the credentials provider. Does not block. */
    CompletionStage<List<String>> askForKeys() {
        return credentials.latest().thenApply(keys -> List.of(keys.apiKey()));
    }

    /** The maximum size of a body in bytes. */
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
