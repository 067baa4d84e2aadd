package io.quarkiverse.hume.runtime.config;

import java.time.Duration;

import io.quarkus.runtime.annotations.ConfigGroup;
import io.smallrye.config.WithDefault;

/** How an account's access tokens are requested and renewed. */
@ConfigGroup
public interface TokenRuntimeConfig {

    /**
     * The path of the token endpoint below the base URL. It starts with a slash.
     */
    @WithDefault("/oauth2-cc/token")
    String path();

    /**
     * How long before its expiry a token is renewed. A value below 6 seconds counts as 6 seconds, or as a tenth of the lifetime
     * if that is shorter. A token whose lifetime is less than twice this duration is renewed when a fifth of its lifetime is
     * left.
     */
    @WithDefault("5M")
    Duration refreshBefore();

    /**
     * The lifetime of a token whose response does not state one.
     */
    @WithDefault("30M")
    Duration defaultLifetime();

    /**
     * The time limit of a token request with all its retries. A call waits for a running token request no longer than this.
     */
    @WithDefault("5S")
    Duration timeout();

    /**
     * Retries and back-off
     */
    TokenRetryRuntimeConfig retry();

    /**
     * Whether a token is requested directly after the start of the application. The start does not wait for the token, and does
     * not fail without it. For an account with the API key strategy, this happens only if the build has found something
     * that uses tokens of the account.
     */
    @WithDefault("true")
    boolean acquireAtStartup();

    /**
     * How often to check whether a token is due for renewal. The check runs at the interval of the default account. A longer
     * interval of a named account applies to that account. A shorter interval has no effect.
     */
    @WithDefault("1S")
    Duration checkEvery();

    /** How a token request is retried. */
    @ConfigGroup
    interface TokenRetryRuntimeConfig {

        /**
         * How often a failed token request is retried, within `token.timeout`. Only network errors and the statuses 408, 425,
         * and 500 or above are retried, and only without a valid `Retry-After`. If several requests in a row fail, only the
         * first one is retried.
         */
        @WithDefault("2")
        int maxRetries();

        /**
         * The delay before the first retry, which doubles with each further retry. After a request has failed with all its
         * retries, the time until the next request grows in the same way.
         */
        @WithDefault("200MS")
        Duration delay();

        /**
         * The upper limit of the delay.
         */
        @WithDefault("5S")
        Duration maxDelay();

        /**
         * The longest time that a call without a valid token waits for the next token request to start, from zero to ten
         * minutes. If that request is due later, or if the keys were rejected, the call fails at once.
         */
        @WithDefault("1S")
        Duration maxWait();
    }
}
