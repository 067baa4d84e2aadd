package io.quarkiverse.hume.runtime.config;

import java.time.Duration;

import io.quarkus.runtime.annotations.ConfigGroup;
import io.smallrye.config.WithDefault;

/** How an account's access tokens are requested and kept. */
@ConfigGroup
public interface TokenRuntimeConfig {

    /**
     * The path of the token endpoint below the base URL. It starts with a slash.
     */
    @WithDefault("/oauth2-cc/token")
    String path();

    /**
     * How long before its expiry a token is renewed. For a token that lives less than twice as long as this, it is a fifth
     * of the token's lifetime.
     */
    @WithDefault("5M")
    Duration refreshBefore();

    /**
     * The lifetime of a token whose response states none.
     */
    @WithDefault("30M")
    Duration defaultLifetime();

    /**
     * The longest that a token request may take, retries included, and so the longest that a call waits for a token once
     * the request has begun.
     */
    @WithDefault("5S")
    Duration timeout();

    /**
     * Retries and back-off
     */
    TokenRetryRuntimeConfig retry();

    /**
     * Whether a token is requested as soon as the application has started. The startup does not wait for it and does not
     * fail with it.
     */
    @WithDefault("true")
    boolean acquireAtStartup();

    /**
     * How often to look whether a token has to be renewed. The job that looks runs as often as the default account says; a
     * named account can only be looked at less often.
     */
    @WithDefault("1S")
    Duration checkEvery();

    /** How a token request is repeated. */
    @ConfigGroup
    interface TokenRetryRuntimeConfig {

        /**
         * How often a failed token request is repeated while callers wait for it. Rejected keys are not repeated.
         */
        @WithDefault("2")
        int maxRetries();

        /**
         * How long to wait before the first repetition; doubled with every further one. After a request has failed with all
         * its repetitions, the same applies to the time until the next request. While calls fail for want of a token, the
         * next request is never more than a second away, or this delay if it is longer.
         */
        @WithDefault("200MS")
        Duration delay();

        /**
         * The limit of the doubling.
         */
        @WithDefault("5S")
        Duration maxDelay();

        /**
         * How long a call without a valid token waits for the next request, if that is not allowed yet. If it is due later,
         * the call fails at once; with {@code 0S}, always. The call then waits for the request, too, at most
         * {@code token.timeout}. No thread waits with a reactive caller. From zero to ten minutes.
         */
        @WithDefault("1S")
        Duration maxWait();
    }
}
