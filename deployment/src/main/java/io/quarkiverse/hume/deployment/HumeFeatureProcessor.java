package io.quarkiverse.hume.deployment;

import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.ExtensionSslNativeSupportBuildItem;
import io.quarkus.deployment.builditem.FeatureBuildItem;

/**
 * Announces the extension. The other packages of the deployment module contain its build steps, one package for each concern.
 */
public class HumeFeatureProcessor {

    public static final String FEATURE = "hume";

    @BuildStep
    FeatureBuildItem feature() {
        return new FeatureBuildItem(FEATURE);
    }

    @BuildStep
    ExtensionSslNativeSupportBuildItem encryption() {
        return new ExtensionSslNativeSupportBuildItem(FEATURE);
    }
}
