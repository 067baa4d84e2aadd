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
     * How long before its expiry a token is renewed. For a token with a lifetime of less than twice this duration, it is a
     * fifth of the lifetime.
     */
    @WithDefault("5M")
    Duration refreshBefore();

    /**
     * The lifetime of a token whose response does not state one.
     */
    @WithDefault("30M")
    Duration defaultLifetime();

    /**
     * The time limit of a token request, retries included. A call waits for a running token request no longer than this.
     */
    @WithDefault("5S")
    Duration timeout();

    /**
     * Retries and back-off
     */
    TokenRetryRuntimeConfig retry();

    /**
     * Whether a token is requested as soon as the application has started. The start does not wait for the token, and does
     * not fail without it.
     */
    @WithDefault("true")
    boolean acquireAtStartup();

    /**
     * How often to check whether a token is due for renewal. The job runs at the interval of the default account, even if that
     * account is not used. A named account with a longer interval is checked less often; a shorter interval has no effect.
     */
    @WithDefault("1S")
    Duration checkEvery();

    /** How a token request is retried. */
    @ConfigGroup
    interface TokenRetryRuntimeConfig {

        /**
         * How often a failed token request is retried, within `token.timeout`. Requests with rejected keys and invalid
         * responses are not retried, and neither is a request that follows a failed one.
         */
        @WithDefault("2")
        int maxRetries();

        /**
         * The delay before the first retry; doubled with every further one. After a request has failed with all its retries,
         * the same applies to the time until the next request. While calls fail because there is no token, the next request
         * is at most a second away, or this delay if it is longer, unless the token endpoint sent `Retry-After` or rejected the
         * keys.
         */
        @WithDefault("200MS")
        Duration delay();

        /**
         * The upper limit of the delay.
         */
        @WithDefault("5S")
        Duration maxDelay();

        /**
         * How long a call without a valid token waits until the next request is allowed. If the request is due later, or if the
         * keys were rejected, the call fails at once. With {@code 0S}, no call waits. After the wait, the call also waits for
         * the request itself, at most {@code token.timeout}. A reactive caller blocks no thread. From zero to ten minutes.
         */
        @WithDefault("1S")
        Duration maxWait();
    }
}
