package io.quarkiverse.hume.deployment.check;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationValue;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;

import io.quarkiverse.hume.deployment.index.ClientIndex;
import io.quarkiverse.hume.deployment.message.HumeBuildLog;
import io.quarkiverse.hume.deployment.message.Violations;
import io.quarkiverse.hume.deployment.rest.CredentialHeader;
import io.quarkiverse.hume.deployment.rest.HumeRestClientsBuildItem;
import io.quarkiverse.hume.deployment.rest.credential.ClientProperties;
import io.quarkiverse.hume.deployment.rest.credential.SecondCredentials;
import io.quarkiverse.hume.deployment.websocket.HumeWebSocketClientsBuildItem;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.Produce;
import io.quarkus.deployment.builditem.ApplicationArchivesBuildItem;
import io.quarkus.deployment.builditem.ServiceStartBuildItem;
import io.quarkus.rest.client.reactive.spi.ClientRequestFilterBuildItem;

/** Fails the build for annotations and settings of clients that cannot have the intended effect. */
class HumeMisuseProcessor {

    private static final DotName PROVIDER = DotName.createSimple("jakarta.ws.rs.ext.Provider");
    private static final DotName CONSTRAINED_TO = DotName.createSimple("jakarta.ws.rs.ConstrainedTo");
    private static final String AUTODISCOVERY = "quarkus.rest-client.provider-autodiscovery";
    private static final String PASSED_ON = "org.eclipse.microprofile.rest.client.propagateHeaders";

    @BuildStep
    @Produce(ServiceStartBuildItem.class)
    void placement(ApplicationArchivesBuildItem archives, HumeRestClientsBuildItem restClients,
            HumeWebSocketClientsBuildItem webSocketClients) {
        Violations.fail("@HumeAuthenticated is in a place where it has no effect",
                new AnnotationPlacement(ClientIndex.of(archives).index(),
                        archives.getRootArchive().getIndex(), restClients, webSocketClients).violations());
    }

    @BuildStep
    @Produce(ServiceStartBuildItem.class)
    void annotatedCredentials(HumeRestClientsBuildItem clients) {
        SecondCredentials second = new SecondCredentials(clients);
        Violations.fail("A REST client has two credentials", second.violations());
        for (String header : ConfigProvider.getConfig().getOptionalValue(PASSED_ON, String.class).orElse("").split(",")) {
            if (CredentialHeader.of(header.trim()) != null) {
                second.passingOn().forEach(client -> HumeBuildLog.LOG.callersCredential("the REST client " + client, PASSED_ON,
                        header.trim()));
            }
        }
    }

    /** Warns of filters that apply to every REST client of the application and set a credential. */
    @BuildStep
    @Produce(ServiceStartBuildItem.class)
    void globalFilters(ApplicationArchivesBuildItem archives, HumeRestClientsBuildItem clients,
            List<ClientRequestFilterBuildItem> filters) {
        List<ClassInfo> found = new SecondCredentials(clients).clients();
        if (found.isEmpty()) {
            return;
        }
        String concerned = "all REST clients, such as " + found.get(0).name();
        Set<String> names = new TreeSet<>();
        filters.forEach(filter -> names.add(filter.getClassName()));
        if (ConfigProvider.getConfig().getOptionalValue(AUTODISCOVERY, Boolean.class).orElse(true)) {
            for (AnnotationInstance provider : ClientIndex.of(archives).index().getAnnotations(PROVIDER)) {
                if (!isForServers(provider.target().asClass())) {
                    names.add(provider.target().asClass().name().toString());
                }
            }
        }
        names.forEach(name -> SecondCredentials.warnOfFilter(name, "@Provider", concerned));
    }

    private static boolean isForServers(ClassInfo provider) {
        AnnotationInstance constrained = provider.declaredAnnotation(CONSTRAINED_TO);
        return constrained != null && constrained.value().asEnum().equals("SERVER");
    }

    @BuildStep
    @Produce(ServiceStartBuildItem.class)
    void configuredClients(HumeRestClientsBuildItem clients) {
        List<ClassInfo> found = new SecondCredentials(clients).clients();
        ClientProperties properties = new ClientProperties(ConfigProvider.getConfig(), found);
        properties.credentialHeaders().forEach((property, concerned) -> {
            if (properties.isBlank(property)) {
                HumeBuildLog.LOG.blankHeader(property, concerned);
            } else {
                HumeBuildLog.LOG.configuredHeader(property, concerned);
            }
        });
        properties.providers().forEach((property, names) -> names.forEach(
                name -> SecondCredentials.warnOfFilter(name, property, "REST clients that are authenticated with Hume")));
        properties.unencrypted().forEach(property -> HumeBuildLog.LOG.unencrypted(property, "calls of the client will fail"));
        for (ClassInfo client : found) {
            AnnotationInstance registered = client.declaredAnnotation(ClientIndex.REGISTER_REST_CLIENT);
            AnnotationValue baseUri = registered == null ? null : registered.value("baseUri");
            if (baseUri != null && ClientProperties.isUnencrypted(baseUri.asString())) {
                HumeBuildLog.LOG.unencrypted("the baseUri in @RegisterRestClient of " + client.name(),
                        "calls of the client will fail");
            }
        }
    }
}
