package io.quarkiverse.hume.deployment;

import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.ExtensionSslNativeSupportBuildItem;
import io.quarkus.deployment.builditem.FeatureBuildItem;

/** Announces the extension. What it does is in the packages below, one for each concern. */
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
