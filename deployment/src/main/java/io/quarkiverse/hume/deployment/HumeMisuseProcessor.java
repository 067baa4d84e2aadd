package io.quarkiverse.hume.deployment;

import java.util.List;
import java.util.Set;

import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationValue;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.CompositeIndex;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;

import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.Produce;
import io.quarkus.deployment.builditem.ApplicationArchivesBuildItem;
import io.quarkus.deployment.builditem.ServiceStartBuildItem;
import io.quarkus.runtime.configuration.ConfigurationException;

/** Tells of annotations and client settings that cannot be meant as they are written. */
class HumeMisuseProcessor {

    private static final DotName REGISTER_REST_CLIENT = DotName
            .createSimple("org.eclipse.microprofile.rest.client.inject.RegisterRestClient");
    private static final String PASSED_ON = "org.eclipse.microprofile.rest.client.propagateHeaders";

    @BuildStep
    @Produce(ServiceStartBuildItem.class)
    void placement(ApplicationArchivesBuildItem archives) {
        fail("@HumeAuthenticated stands where it has no effect", AnnotationPlacement.violations(index(archives)));
    }

    @BuildStep
    @Produce(ServiceStartBuildItem.class)
    void annotatedCredentials(ApplicationArchivesBuildItem archives, HumeRestClientsBuildItem clients) {
        SecondCredentials second = new SecondCredentials(index(archives), clients.authentications());
        fail("A REST client has two credentials", second.violations());
        for (String header : ConfigProvider.getConfig().getOptionalValue(PASSED_ON, String.class).orElse("").split(",")) {
            if (SecondCredentials.isCredential(header.trim())) {
                second.passingOn().forEach(client -> HumeBuildLog.LOG.callersCredential("the REST client " + client, PASSED_ON,
                        header.trim()));
            }
        }
    }

    @BuildStep
    @Produce(ServiceStartBuildItem.class)
    void configuredClients(ApplicationArchivesBuildItem archives, HumeRestClientsBuildItem clients) {
        List<ClassInfo> found = new SecondCredentials(index(archives), clients.authentications()).clients();
        ClientProperties properties = new ClientProperties(ConfigProvider.getConfig(), found);
        properties.credentialHeaders().forEach(
                (property, client) -> HumeBuildLog.LOG.configuredHeader(property, "the REST client " + client));
        properties.unencrypted().forEach(property -> HumeBuildLog.LOG.unencrypted(property, "calls of the client will fail"));
        for (ClassInfo client : found) {
            AnnotationInstance registered = client.declaredAnnotation(REGISTER_REST_CLIENT);
            AnnotationValue baseUri = registered == null ? null : registered.value("baseUri");
            if (baseUri != null && ClientProperties.isUnencrypted(baseUri.asString())) {
                HumeBuildLog.LOG.unencrypted("the baseUri in @RegisterRestClient of " + client.name(),
                        "calls of the client will fail");
            }
        }
    }

    private static void fail(String summary, List<String> violations) {
        if (!violations.isEmpty()) {
            throw new ConfigurationException(summary + ":\n - " + String.join("\n - ", violations), Set.of());
        }
    }

    static IndexView index(ApplicationArchivesBuildItem archives) {
        return CompositeIndex.create(archives.getAllApplicationArchives().stream().map(archive -> archive.getIndex())
                .map(IndexView.class::cast).toList());
    }
}
