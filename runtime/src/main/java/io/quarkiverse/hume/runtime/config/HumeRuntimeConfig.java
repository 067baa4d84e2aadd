package io.quarkiverse.hume.runtime.config;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

import io.quarkus.runtime.annotations.ConfigDocMapKey;
import io.quarkus.runtime.annotations.ConfigDocSection;
import io.quarkus.runtime.annotations.ConfigGroup;
import io.quarkus.runtime.annotations.ConfigPhase;
import io.quarkus.runtime.annotations.ConfigRoot;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;

/**
 * Hume
 */
@ConfigMapping(prefix = "hume")
@ConfigRoot(phase = ConfigPhase.RUN_TIME)
public interface HumeRuntimeConfig {

    /**
     * The default account
     */
    @WithParentName
    AccountRuntimeConfig defaultAccount();

    /**
     * Named accounts
     */
    @ConfigDocSection
    @ConfigDocMapKey("account-name")
    Map<String, AccountRuntimeConfig> accounts();

    /**
     * Browser tokens
     */
    @ConfigDocSection
    BrowserTokenRuntimeConfig browserToken();

    /**
     * Relay
     */
    @ConfigDocSection
    RelayRuntimeConfig relay();

    /**
     * Shared state of several instances
     */
    @ConfigDocSection
    SharedStateRuntimeConfig sharedState();

    /**
     * Webhooks of all accounts
     */
    @ConfigDocSection
    UnverifiedWebhooksRuntimeConfig unverifiedWebhooks();

    /**
     * Dev Services
     */
    @ConfigDocSection
    EmulatorRuntimeConfig emulator();

    /** Webhooks that are not verified yet. */
    @ConfigGroup
    interface UnverifiedWebhooksRuntimeConfig {

        /**
         * The memory for unverified webhooks, for all accounts together, from 64K to 1G. Each webhook takes the
         * received part of its body and 8K. When the limit is reached, the webhooks that have been incomplete for the longest
         * time are answered with 503. The value must be at least 8K more than the largest `webhook.max-body-size`.
         */
        @WithDefault("16M")
        MemorySize maxSize();
    }

    /** Information that the Dev Service publishes. */
    @ConfigGroup
    interface EmulatorRuntimeConfig {

        /**
         * The URL of the Hume emulator, if it runs. The control API is below `/emulator`. The Dev Service sets this property,
         * and
         * tests can read it. Do not set it: this neither starts nor moves the emulator.
         */
        Optional<URI> url();
    }
}
