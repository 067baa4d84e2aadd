package io.quarkiverse.hume.deployment.config;

import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.LaunchModeBuildItem;

/** Reads the configuration of the accounts once in each build, so that all build steps decide on the same values. */
class ConfiguredKeysProcessor {

    @BuildStep
    ConfiguredKeysBuildItem read(LaunchModeBuildItem launchMode) {
        Config config = ConfigProvider.getConfig();
        ConfiguredKeys current = new ConfiguredKeys(config);
        return new ConfiguredKeysBuildItem(current,
                launchMode.getLaunchMode().isDevOrTest() ? ConfiguredKeys.ofProduction(config) : current);
    }
}
