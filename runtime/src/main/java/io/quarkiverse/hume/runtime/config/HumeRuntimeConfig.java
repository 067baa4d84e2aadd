package io.quarkiverse.hume.runtime.config;

import java.util.Map;

import io.quarkus.runtime.annotations.ConfigDocMapKey;
import io.quarkus.runtime.annotations.ConfigDocSection;
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
}
