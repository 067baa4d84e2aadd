package io.quarkiverse.hume.runtime.account;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import io.quarkiverse.hume.HumeCredentials;
import io.quarkiverse.hume.runtime.config.WebhookRuntimeConfig;

/** What an account's webhooks are verified with. Shows no key in {@link #toString()}. */
public final class WebhookSettings {

    private final WebhookRuntimeConfig config;
    private final String account;
    private final Supplier<CompletionStage<HumeCredentials>> credentials;
    private final String problem;

    /**
     * @param account for messages
     * @param credentials the account's keys as they are now
     * @param problem why no webhook can be verified; {@code null} if there is or may be a key
     */
    WebhookSettings(WebhookRuntimeConfig config, String account, Supplier<CompletionStage<HumeCredentials>> credentials,
            String problem) {
        this.config = config;
        this.account = account;
        this.credentials = credentials;
        this.problem = problem;
    }

    /** The account, for messages. */
    public String account() {
        return account;
    }

    /** Why no webhook can be verified, as a sentence that names the remedy. */
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    /** The keys of which one must have signed: those configured, else the account's API key as it is now. Does not block. */
    public CompletionStage<List<String>> keys() {
        Optional<List<String>> configured = config.signingKey();
        return configured.isPresent() ? CompletableFuture.completedFuture(configured.get())
                : credentials.get().thenApply(keys -> List.of(keys.apiKey()));
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
        return "WebhookSettings[" + account + "]";
    }
}
