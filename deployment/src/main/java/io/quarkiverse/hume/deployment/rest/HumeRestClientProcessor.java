package io.quarkiverse.hume.deployment.rest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.rest.client.spi.RestClientListener;
import org.jboss.jandex.ClassInfo;

import io.quarkiverse.hume.HumeRequestFilter;
import io.quarkiverse.hume.deployment.config.ConfiguredKeysBuildItem;
import io.quarkiverse.hume.deployment.index.ClientIndex;
import io.quarkiverse.hume.deployment.index.HumeAnnotations;
import io.quarkiverse.hume.deployment.message.HumeBuildLog;
import io.quarkiverse.hume.deployment.message.Violations;
import io.quarkiverse.hume.deployment.spi.HumeAccountNamesBuildItem;
import io.quarkiverse.hume.deployment.spi.HumeAccountsStartedBuildItem;
import io.quarkiverse.hume.deployment.spi.HumeEmulatorBuildItem;
import io.quarkiverse.hume.deployment.spi.HumeUsageBuildItem;
import io.quarkiverse.hume.runtime.rest.AuthenticatingRestClientListener;
import io.quarkiverse.hume.runtime.rest.RestClientRecorder;
import io.quarkiverse.hume.runtime.rest.RestClients;
import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.arc.deployment.BeanContainerBuildItem;
import io.quarkus.deployment.IsDevServicesSupportedByLaunchMode;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.Consume;
import io.quarkus.deployment.annotations.ExecutionTime;
import io.quarkus.deployment.annotations.Produce;
import io.quarkus.deployment.annotations.Record;
import io.quarkus.deployment.builditem.AdditionalIndexedClassesBuildItem;
import io.quarkus.deployment.builditem.ApplicationArchivesBuildItem;
import io.quarkus.deployment.builditem.RunTimeConfigurationDefaultBuildItem;
import io.quarkus.deployment.builditem.ServiceStartBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ServiceProviderBuildItem;
import io.quarkus.deployment.pkg.builditem.CurateOutcomeBuildItem;
import io.quarkus.rest.client.reactive.deployment.RegisteredRestClientBuildItem;
import io.quarkus.rest.client.reactive.spi.RestClientHttpProxyBuildItem;
import io.quarkus.restclient.config.deployment.RestClientsBuildTimeConfigBuildItem;

/** Finds the REST clients to authenticate and prepares them. */
class HumeRestClientProcessor {

    /** Indexes the filter, so that the build knows its priority and runs it last in clients that register it. */
    @BuildStep
    AdditionalIndexedClassesBuildItem indexFilter() {
        return new AdditionalIndexedClassesBuildItem(HumeRequestFilter.class.getName());
    }

    @BuildStep(onlyIf = ClassicRestClientAbsent.class)
    HumeRestClientsBuildItem find(ApplicationArchivesBuildItem archives, HumeAccountNamesBuildItem accounts,
            ConfiguredKeysBuildItem keys, CurateOutcomeBuildItem application) {
        ClientIndex index = ClientIndex.of(archives);
        ConfiguredClients configured = new ConfiguredClients(index, accounts.names(), keys.current());
        GeneratedDeclarations generated = new GeneratedDeclarations(new GeneratedClients(index), accounts.names(),
                keys.current(), ConfigProvider.getConfig());
        ClientResolver resolver = new ClientResolver(index, generated.with(configured.declarations()));
        List<String> violations = new ArrayList<>(configured.violations());
        violations.addAll(configured.withoutCalls(resolver.found()));
        violations.addAll(resolver.violations());
        UnindexedDependencies dependencies = new UnindexedDependencies(index, application.getApplicationModel());
        dependencies.missingCalls(resolver.clients().values()).forEach((client, sentences) -> {
            if (client.registered()) {
                violations.addAll(sentences);
            } else {
                sentences.forEach(HumeBuildLog.LOG::missingCall);
            }
        });
        Violations.fail("REST clients cannot be authenticated as declared", violations);
        configured.contradictions().forEach((property, annotation) -> HumeBuildLog.LOG.contradictoryAccounts(
                property.source(), property.type().name().toString(), annotation.place(),
                Declaration.describe(annotation.authentication()),
                property.type().name().equals(annotation.type().name()) ? "annotation" : "property"));
        HumeRestClientsBuildItem found = resolver.found();
        for (ClassInfo type : index.withoutIndex()) {
            if (found.reaches(type) && type.hasAnnotation(HumeAnnotations.AUTHENTICATED)) {
                String name = type.name().toString();
                HumeBuildLog.LOG.withoutIndex(name, dependencies.place(name), dependencies.remedy(name));
            }
        }
        return found;
    }

    @BuildStep
    void usages(HumeRestClientsBuildItem clients, BuildProducer<HumeUsageBuildItem> usages) {
        for (AuthenticatedClient client : clients.clients()) {
            Map<String, HumeUsageBuildItem> distinct = new HashMap<>();
            client.calls().stream().filter(call -> call.declaration() != null).forEach(call -> {
                Declaration declaration = call.declaration();
                String user = declaration.onMethod()
                        ? "the REST client method " + AuthenticatedClient.key(declaration.method())
                        : "the REST client " + client.name();
                distinct.putIfAbsent(user + declaration.authentication(), new HumeUsageBuildItem(
                        declaration.authentication().account(), declaration.authentication().strategy(), user));
            });
            distinct.values().forEach(usages::produce);
        }
    }

    /**
     * A client without a URL calls its account's platform. A gateway in front of the platform, which may require client
     * certificates, is in front of its API, too. The client's own settings take precedence over these defaults, whose
     * expressions may be empty.
     */
    @BuildStep
    void defaults(HumeRestClientsBuildItem clients, List<RegisteredRestClientBuildItem> registered,
            Optional<HumeEmulatorBuildItem> emulator, BuildProducer<RunTimeConfigurationDefaultBuildItem> defaults) {
        List<String> violations = new ArrayList<>();
        for (ClientDefaults settings : ClientDefaults.of(clients, registered, ConfigProvider.getConfig(),
                emulator.map(HumeEmulatorBuildItem::accounts).orElse(Set.of()))) {
            violations.addAll(settings.violations());
            settings.properties().forEach((property, value) -> defaults
                    .produce(new RunTimeConfigurationDefaultBuildItem(property, value)));
        }
        Violations.fail("The destination of REST clients is ambiguous", violations);
    }

    /** Quarkus looks for a URL in the configuration, but a client that calls its account's platform has none there. */
    @BuildStep(onlyIf = IsDevServicesSupportedByLaunchMode.class)
    void localProxies(HumeRestClientsBuildItem clients, RestClientsBuildTimeConfigBuildItem restClients,
            HumeAccountNamesBuildItem names, Optional<HumeEmulatorBuildItem> emulator,
            BuildProducer<RestClientHttpProxyBuildItem> proxies) {
        LocalProxies required = new LocalProxies(restClients, names.names(), emulator.orElse(null));
        clients.clients().forEach(client -> required.of(client).ifPresent(proxies::produce));
        Violations.fail("Local proxies would send credentials to destinations that are not trusted", required.violations());
    }

    @BuildStep
    void listener(BuildProducer<AdditionalBeanBuildItem> beans, BuildProducer<ServiceProviderBuildItem> services) {
        beans.produce(AdditionalBeanBuildItem.unremovableOf(RestClients.class));
        services.produce(new ServiceProviderBuildItem(RestClientListener.class.getName(),
                AuthenticatingRestClientListener.class.getName()));
    }

    @BuildStep
    @Record(ExecutionTime.STATIC_INIT)
    @Consume(BeanContainerBuildItem.class)
    void record(RestClientRecorder recorder, HumeRestClientsBuildItem clients) {
        recorder.use(clients.lookup());
    }

    /** Checks the configuration of the running application, which may differ from that of the build. */
    @BuildStep
    @Record(ExecutionTime.RUNTIME_INIT)
    @Consume(HumeAccountsStartedBuildItem.class)
    @Produce(ServiceStartBuildItem.class)
    void checkClients(RestClientRecorder recorder, HumeRestClientsBuildItem clients,
            List<RegisteredRestClientBuildItem> registered) {
        Map<String, String> accounts = new TreeMap<>();
        for (ClientDefaults settings : ClientDefaults.of(clients, registered, ConfigProvider.getConfig(), Set.of())) {
            accounts.put(settings.client().name(), settings.client().account());
            if (settings.sharesBaseUrl()) {
                recorder.requireOneBaseUrl(settings.client().name(), settings.client().accounts(), settings.urlProperties(),
                        settings.defaultUrls());
            }
            recorder.requireProxyOfTheAccount(settings.client().account(), settings.propertyNames("proxy-address"));
            if (settings.client().accounts().size() > 1) {
                recorder.requireOneTransport(settings.client().name(), settings.client().account(),
                        settings.client().accounts(), settings.propertyNames("tls-configuration-name"),
                        settings.propertyNames("proxy-configuration-name"));
            }
        }
        recorder.checkServerVerification(accounts);
    }
}
