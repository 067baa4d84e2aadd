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
         * How much memory webhooks may take that are not verified yet, those of all accounts together, from 64K to 1G. Each
         * counts with its body as far as it has arrived, and 8K. When there is no room for one more, those that are under way
         * for longest are answered with 503. Must have room for the largest `webhook.max-body-size`.
         */
        @WithDefault("16M")
        MemorySize maxSize();
    }

    /** What the Dev Service says of itself. */
    @ConfigGroup
    interface EmulatorRuntimeConfig {

        /**
         * Where the emulator of Hume is, if there is one. Set by the Dev Service, for tests to read: its control API is below
         * `/emulator` there. Setting it has no effect.
         */
        Optional<URI> url();
    }
}
