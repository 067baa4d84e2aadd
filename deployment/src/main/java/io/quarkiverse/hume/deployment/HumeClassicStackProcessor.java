package io.quarkiverse.hume.deployment;

import java.util.List;
import java.util.Set;

import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.pkg.builditem.CurateOutcomeBuildItem;
import io.quarkus.maven.dependency.ResolvedDependency;
import io.quarkus.resteasy.reactive.spi.IgnoreStackMixingBuildItem;
import io.quarkus.runtime.configuration.ConfigurationException;

/** RESTEasy Classic, whose clients the extension does not see, and which Quarkus does not support beside its REST client. */
class HumeClassicStackProcessor {

    private static final String CLASSIC = "quarkus-resteasy";
    private static final Set<String> LIBRARIES = Set.of(CLASSIC + "-common", CLASSIC + "-server-common");

    /**
     * Quarkus fails as well, but names neither the extension that brings its REST client along nor a remedy. The item is never
     * produced: it makes this step run before that check.
     */
    @BuildStep
    void refuse(CurateOutcomeBuildItem application, BuildProducer<IgnoreStackMixingBuildItem> before) {
        List<String> found = application.getApplicationModel().getDependencies().stream()
                .filter(HumeClassicStackProcessor::isClassic).map(ResolvedDependency::getArtifactId).distinct().sorted()
                .toList();
        if (!found.isEmpty()) {
            throw new ConfigurationException("This application has " + String.join(" and ", found) + " (RESTEasy Classic)"
                    + " beside quarkus-rest-client, which quarkus-hume brings along. Quarkus does not support the two together,"
                    + " and clients of RESTEasy Classic cannot be authenticated with Hume. "
                    + String.join(". ", found.stream().map(name -> "Replace " + name + " by " + replacement(name)).toList())
                    + ". If another dependency brings it along, exclude it there. Interfaces of clients, their"
                    + " @HumeAuthenticated and their configuration stay as they are", Set.of());
        }
    }

    private static boolean isClassic(ResolvedDependency dependency) {
        String name = dependency.getArtifactId();
        return dependency.getGroupId().equals("io.quarkus") && !"test".equals(dependency.getScope())
                && dependency.isRuntimeExtensionArtifact() && !LIBRARIES.contains(name)
                && (name.equals(CLASSIC) || name.startsWith(CLASSIC + "-"));
    }

    private static String replacement(String name) {
        return "quarkus-rest" + name.substring(CLASSIC.length());
    }
}
