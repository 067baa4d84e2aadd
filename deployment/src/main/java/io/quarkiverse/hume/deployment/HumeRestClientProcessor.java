package io.quarkiverse.hume.deployment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;

import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.eclipse.microprofile.rest.client.spi.RestClientListener;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.AnnotationValue;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.CompositeIndex;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;
import org.jboss.jandex.Type;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeAuthenticated;
import io.quarkiverse.hume.HumeRequestFilter;
import io.quarkiverse.hume.HumeStrategy;
import io.quarkiverse.hume.runtime.rest.AuthenticatingRestClientListener;
import io.quarkiverse.hume.runtime.rest.ClientAuthentication;
import io.quarkiverse.hume.runtime.rest.ClientAuthentications;
import io.quarkiverse.hume.runtime.rest.RestClientEquipment;
import io.quarkiverse.hume.runtime.rest.RestClientRecorder;
import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.arc.deployment.BeanContainerBuildItem;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.Consume;
import io.quarkus.deployment.annotations.ExecutionTime;
import io.quarkus.deployment.annotations.Record;
import io.quarkus.deployment.builditem.AdditionalIndexedClassesBuildItem;
import io.quarkus.deployment.builditem.ApplicationArchivesBuildItem;
import io.quarkus.deployment.builditem.RunTimeConfigurationDefaultBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ServiceProviderBuildItem;
import io.quarkus.rest.client.reactive.deployment.RegisteredRestClientBuildItem;
import io.quarkus.runtime.configuration.ConfigurationException;

/** Finds the REST clients to authenticate and prepares them. */
class HumeRestClientProcessor {

    private static final DotName AUTHENTICATED = DotName.createSimple(HumeAuthenticated.class);
    private static final DotName REGISTER_REST_CLIENT = DotName.createSimple(RegisterRestClient.class);
    private static final DotName REGISTER_PROVIDER = DotName
            .createSimple("org.eclipse.microprofile.rest.client.annotation.RegisterProvider");
    private static final DotName REGISTER_PROVIDERS = DotName
            .createSimple("org.eclipse.microprofile.rest.client.annotation.RegisterProviders");
    private static final DotName FILTER = DotName.createSimple(HumeRequestFilter.class);

    /** Known to the build, so that a client that registers the filter runs it last, as its priority says. */
    @BuildStep
    AdditionalIndexedClassesBuildItem indexFilter() {
        return new AdditionalIndexedClassesBuildItem(HumeRequestFilter.class.getName());
    }

    @BuildStep
    HumeRestClientsBuildItem find(ApplicationArchivesBuildItem archives, HumeBuildTimeConfig config,
            HumeAccountNamesBuildItem accounts) {
        List<IndexView> indexes = new ArrayList<>();
        archives.getAllApplicationArchives().forEach(archive -> indexes.add(archive.getIndex()));
        IndexView index = CompositeIndex.create(indexes);
        Map<String, ClientAuthentication> interfaces = new HashMap<>();
        Map<String, ClientAuthentication> methods = new HashMap<>();
        for (AnnotationInstance annotation : index.getAnnotations(AUTHENTICATED)) {
            if (annotation.target().kind() == AnnotationTarget.Kind.METHOD) {
                methods.put(key(annotation.target().asMethod()), authentication(annotation));
            } else if (annotation.target().asClass().isInterface()) {
                interfaces.put(annotation.target().asClass().name().toString(), authentication(annotation));
            }
        }
        configured(index, HumeAccount.DEFAULT, config.defaultAccount().restClients().orElse(Set.of()), interfaces);
        ConfiguredKeys keys = ConfiguredKeys.ofBuild();
        for (String account : accounts.names()) {
            configured(index, account, keys.restClients(account), interfaces);
        }
        Set<String> clients = new HashSet<>(interfaces.keySet());
        for (String annotated : List.copyOf(interfaces.keySet())) {
            index.getAllKnownSubinterfaces(DotName.createSimple(annotated)).forEach(sub -> clients.add(sub.name().toString()));
        }
        for (AnnotationInstance annotation : index.getAnnotations(AUTHENTICATED)) {
            if (annotation.target().kind() == AnnotationTarget.Kind.METHOD) {
                ClassInfo declaring = annotation.target().asMethod().declaringClass();
                clients.add(declaring.name().toString());
                index.getAllKnownSubinterfaces(declaring.name()).forEach(sub -> clients.add(sub.name().toString()));
            }
        }
        return new HumeRestClientsBuildItem(
                new ClientAuthentications(interfaces, methods, clients, withFilter(index)));
    }

    /** The clients named in {@code rest-clients}; an annotation on the same interface stands before it. */
    private static void configured(IndexView index, String account, Set<String> names,
            Map<String, ClientAuthentication> interfaces) {
        for (String name : names) {
            Set<String> found = new LinkedHashSet<>();
            ClassInfo named = index.getClassByName(DotName.createSimple(name));
            if (named != null && named.isInterface()) {
                found.add(name);
            }
            Set<String> configKeys = new TreeSet<>();
            for (AnnotationInstance registered : index.getAnnotations(REGISTER_REST_CLIENT)) {
                AnnotationValue configKey = registered.value("configKey");
                if (configKey != null) {
                    configKeys.add(configKey.asString());
                    if (configKey.asString().equals(name)) {
                        found.add(registered.target().asClass().name().toString());
                    }
                }
            }
            if (found.isEmpty()) {
                throw new ConfigurationException(ConfiguredKeys.property(account, "rest-clients") + " names \"" + name
                        + "\", which is neither the config key of a REST client nor the name of an interface in this"
                        + " application. Config keys here: " + configKeys,
                        Set.of(ConfiguredKeys.property(account, "rest-clients")));
            }
            found.forEach(client -> interfaces.putIfAbsent(client, new ClientAuthentication(account, HumeStrategy.AUTO)));
        }
    }

    private static Set<String> withFilter(IndexView index) {
        Set<String> clients = new HashSet<>();
        List<AnnotationInstance> registrations = new ArrayList<>(index.getAnnotations(REGISTER_PROVIDER));
        for (AnnotationInstance container : index.getAnnotations(REGISTER_PROVIDERS)) {
            for (AnnotationInstance nested : container.value().asNestedArray()) {
                if (FILTER.equals(nested.value().asClass().name())) {
                    clients.add(container.target().asClass().name().toString());
                }
            }
        }
        for (AnnotationInstance registration : registrations) {
            if (registration.target() != null && FILTER.equals(registration.value().asClass().name())) {
                clients.add(registration.target().asClass().name().toString());
            }
        }
        return clients;
    }

    @BuildStep
    void usages(HumeRestClientsBuildItem clients, BuildProducer<HumeUsageBuildItem> usages) {
        ClientAuthentications found = clients.authentications();
        found.interfaces().forEach((client, authentication) -> usages.produce(
                new HumeUsageBuildItem(authentication.account(), authentication.strategy(), "the REST client " + client)));
        found.methods().forEach((method, authentication) -> usages.produce(
                new HumeUsageBuildItem(authentication.account(), authentication.strategy(),
                        "the REST client method " + method)));
        found.masked().forEach(client -> usages
                .produce(new HumeUsageBuildItem(HumeAccount.DEFAULT, HumeStrategy.AUTO, "the REST client " + client)));
    }

    @BuildStep
    void defaultUrls(HumeRestClientsBuildItem clients, List<RegisteredRestClientBuildItem> registered,
            BuildProducer<RunTimeConfigurationDefaultBuildItem> defaults) {
        for (RegisteredRestClientBuildItem client : registered) {
            String name = client.getClassInfo().name().toString();
            String account = clients.accountOf(client.getClassInfo());
            if (account != null && client.getDefaultBaseUri().filter(uri -> !uri.isEmpty()).isEmpty()) {
                defaults.produce(new RunTimeConfigurationDefaultBuildItem("quarkus.rest-client.\"" + name + "\".url",
                        ConfiguredKeys.baseUrl(account)));
            }
        }
    }

    /**
     * What stands before the account's platform, such as a gateway that wants client certificates, stands before its API, too.
     * A name of the client's own is a value and thus stands before these defaults, whose expressions may be empty.
     */
    @BuildStep
    void defaultTransport(HumeRestClientsBuildItem clients, List<RegisteredRestClientBuildItem> registered,
            BuildProducer<RunTimeConfigurationDefaultBuildItem> defaults) {
        for (RegisteredRestClientBuildItem client : registered) {
            String account = clients.accountOf(client.getClassInfo());
            if (account != null) {
                for (String key : List.of("tls-configuration-name", "proxy-configuration-name")) {
                    defaults.produce(new RunTimeConfigurationDefaultBuildItem(
                            "quarkus.rest-client.\"" + client.getClassInfo().name() + "\"." + key,
                            "${" + ConfiguredKeys.property(account, key) + ":}"));
                }
            }
        }
    }

    @BuildStep
    void listener(BuildProducer<AdditionalBeanBuildItem> beans, BuildProducer<ServiceProviderBuildItem> services) {
        beans.produce(AdditionalBeanBuildItem.unremovableOf(RestClientEquipment.class));
        services.produce(new ServiceProviderBuildItem(RestClientListener.class.getName(),
                AuthenticatingRestClientListener.class.getName()));
    }

    @BuildStep
    @Record(ExecutionTime.STATIC_INIT)
    @Consume(BeanContainerBuildItem.class)
    void record(RestClientRecorder recorder, HumeRestClientsBuildItem clients) {
        recorder.use(clients.authentications());
    }

    private static ClientAuthentication authentication(AnnotationInstance annotation) {
        AnnotationValue account = annotation.value("account");
        AnnotationValue strategy = annotation.value("strategy");
        return new ClientAuthentication(account == null ? HumeAccount.DEFAULT : account.asString(),
                strategy == null ? HumeStrategy.AUTO : HumeStrategy.valueOf(strategy.asEnum()));
    }

    /** The same as the running application computes from the invoked method. */
    static String key(MethodInfo method) {
        StringJoiner key = new StringJoiner(",", method.declaringClass().name() + "#" + method.name() + "(", ")");
        for (Type type : method.parameterTypes()) {
            key.add(type.name().toString());
        }
        return key.toString();
    }
}
