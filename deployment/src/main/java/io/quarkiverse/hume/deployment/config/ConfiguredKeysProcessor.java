package io.quarkiverse.hume.deployment.config;

import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.LaunchModeBuildItem;

/** Reads the configuration of production only once in a build for dev or test mode. */
class ConfiguredKeysProcessor {

    @BuildStep
    ConfiguredKeysBuildItem read(LaunchModeBuildItem launchMode) {
        ConfiguredKeys current = ConfiguredKeys.ofBuild();
        return new ConfiguredKeysBuildItem(current,
                launchMode.getLaunchMode().isDevOrTest() ? ConfiguredKeys.ofProduction() : current);
    }
}
