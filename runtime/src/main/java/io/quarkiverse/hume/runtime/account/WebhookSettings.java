package io.quarkiverse.hume.runtime.account;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

import io.quarkiverse.hume.runtime.config.WebhookRuntimeConfig;
import io.quarkiverse.hume.runtime.credential.AccountCredentials;
import io.quarkiverse.hume.runtime.token.AccountName;

/** What an account's webhooks are verified with. Shows no key in {@link #toString()}. */
public final class WebhookSettings {

    private final WebhookRuntimeConfig config;
    private final String name;
    private final AccountCredentials credentials;
    private final String problem;

    /**
     * @param name of the account
     * @param problem why no webhook can be verified; {@code null} if there is or may be a key
     */
    WebhookSettings(WebhookRuntimeConfig config, String name, AccountCredentials credentials, String problem) {
        this.config = config;
        this.name = name;
        this.credentials = credentials;
        this.problem = problem;
    }

    /** The account, for messages. */
    public String account() {
        return AccountName.describe(name);
    }

    /** The full name of one of these settings, for messages. */
    public String property(String setting) {
        return AccountName.property(name, "webhook." + setting);
    }

    /** Why no webhook can be verified, as a sentence that names the remedy. */
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    /** The keys of which one must have signed; if there are none, the account's API key must. */
    public Optional<List<String>> configuredKeys() {
        return config.signingKey();
    }

    /** The account's API key as it was last learned. Does not block. */
    public Optional<List<String>> knownKeys() {
        return Optional.ofNullable(credentials.current()).map(keys -> List.of(keys.apiKey()));
    }

    /** The account's API key as the credentials provider has it now. Does not block. */
    public CompletionStage<List<String>> askForKeys() {
        return credentials.latest().thenApply(keys -> List.of(keys.apiKey()));
    }

    /** In bytes. */
    public long maxBodySize() {
        return config.maxBodySize().asLongValue();
    }

    public Duration bodyTimeout() {
        return config.bodyTimeout();
    }

    public Duration tolerance() {
        return config.tolerance();
    }

    public Duration clockSkew() {
        return config.clockSkew();
    }

    public int replayLimit() {
        return config.replayLimit();
    }

    @Override
    public String toString() {
        return "WebhookSettings[" + name + "]";
    }
}
