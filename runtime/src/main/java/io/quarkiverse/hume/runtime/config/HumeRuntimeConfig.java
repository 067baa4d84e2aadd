package io.quarkiverse.hume.runtime.config;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

import io.quarkus.runtime.annotations.ConfigDocMapKey;
import io.quarkus.runtime.annotations.ConfigDocSection;
import io.quarkus.runtime.annotations.ConfigGroup;
import io.quarkus.runtime.annotations.ConfigPhase;
import io.quarkus.runtime.annotations.ConfigRoot;
import io.smallrye.config.ConfigMapping;
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
     * Dev Services
     */
    @ConfigDocSection
    EmulatorRuntimeConfig emulator();

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
