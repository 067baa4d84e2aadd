package io.quarkiverse.hume.deployment.websocket;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

import jakarta.inject.Singleton;

import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationValue;
import org.jboss.jandex.DotName;

import io.quarkiverse.hume.HumeWebSockets;
import io.quarkiverse.hume.deployment.account.AccountBeans;
import io.quarkiverse.hume.deployment.config.ConfiguredKeys;
import io.quarkiverse.hume.deployment.index.ClientIndex;
import io.quarkiverse.hume.deployment.index.HumeAnnotations;
import io.quarkiverse.hume.deployment.index.TypeHierarchy;
import io.quarkiverse.hume.deployment.index.TypeHierarchy.Member;
import io.quarkiverse.hume.deployment.spi.HumePlanBuildItem;
import io.quarkiverse.hume.deployment.spi.HumeUsageBuildItem;
import io.quarkiverse.hume.runtime.handshake.Handshakes;
import io.quarkiverse.hume.runtime.rest.ClientAuthentication;
import io.quarkiverse.hume.runtime.websocket.AuthenticatingConnector;
import io.quarkiverse.hume.runtime.websocket.WebSocketClients;
import io.quarkiverse.hume.runtime.websocket.WebSocketRecorder;
import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.arc.deployment.SyntheticBeanBuildItem;
import io.quarkus.bootstrap.classloading.QuarkusClassLoader;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.ExecutionTime;
import io.quarkus.deployment.annotations.Record;
import io.quarkus.deployment.builditem.ApplicationArchivesBuildItem;
import io.quarkus.deployment.builditem.RunTimeConfigurationDefaultBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ReflectiveClassBuildItem;
import io.quarkus.runtime.configuration.ConfigurationException;

/** Authenticates WebSocket connections, in applications with WebSockets Next. */
class HumeWebSocketProcessor {

    private static final DotName WEB_SOCKET_CLIENT = DotName.createSimple("io.quarkus.websockets.next.WebSocketClient");

    /** Whether WebSockets Next is on the class path of the application. */
    static final class WebSocketsNextPresent implements BooleanSupplier {
        @Override
        public boolean getAsBoolean() {
            return QuarkusClassLoader.isClassPresentAtRuntime("io.quarkus.websockets.next.BasicWebSocketConnector");
        }
    }

    /**
     * Finds the authenticated clients. The annotation is inherited from super-classes and interfaces, and the nearest one
     * applies.
     */
    @BuildStep
    HumeWebSocketClientsBuildItem find(ApplicationArchivesBuildItem archives, BuildProducer<HumeUsageBuildItem> usages) {
        ClientIndex index = ClientIndex.of(archives);
        Map<String, WebSocketClients.Client> clients = new TreeMap<>();
        Set<String> types = new HashSet<>();
        for (AnnotationInstance client : index.index().getAnnotations(WEB_SOCKET_CLIENT)) {
            TypeHierarchy hierarchy = new TypeHierarchy(client.target().asClass(), Map.of(), index);
            hierarchy.members().forEach(member -> types.add(member.type().name().toString()));
            ClientAuthentication authentication = authentication(hierarchy);
            if (authentication != null) {
                String name = hierarchy.type().name().toString();
                if (Handshakes.isCredentialInPath(client.value("path").asString())) {
                    throw new ConfigurationException("The path of the WebSocket client " + name + " has a credential in its"
                            + " query, and the client is authenticated with @HumeAuthenticated. Remove one of them", Set.of());
                }
                clients.put(name, new WebSocketClients.Client(id(client, name), authentication.account(),
                        authentication.strategy()));
                usages.produce(new HumeUsageBuildItem(authentication.account(), authentication.strategy(),
                        "the WebSocket client " + name));
            }
        }
        return new HumeWebSocketClientsBuildItem(clients, types);
    }

    /** @return {@code null} if neither the class nor anything it inherits from is annotated */
    private static ClientAuthentication authentication(TypeHierarchy hierarchy) {
        List<Member> annotated = hierarchy.members().stream()
                .filter(member -> member.type().hasDeclaredAnnotation(HumeAnnotations.AUTHENTICATED)).toList();
        Map<ClientAuthentication, String> nearest = new LinkedHashMap<>();
        hierarchy.nearest(annotated).forEach(member -> nearest.putIfAbsent(
                HumeAnnotations.authentication(member.type().declaredAnnotation(HumeAnnotations.AUTHENTICATED)),
                member.type().name().toString()));
        if (nearest.size() > 1) {
            throw new ConfigurationException("The WebSocket client " + hierarchy.type().name()
                    + " inherits contradictory @HumeAuthenticated from " + nearest.values() + ", none of which is nearer than"
                    + " the others. Put @HumeAuthenticated on the client itself", Set.of());
        }
        return nearest.isEmpty() ? null : nearest.keySet().iterator().next();
    }

    private static String id(AnnotationInstance client, String name) {
        AnnotationValue id = client.value("clientId");
        boolean named = id != null && !id.asString().isEmpty() && !id.asString().startsWith("<<");
        return named ? id.asString() : name;
    }

    /** Adds the base URL of the account as the default base URI of each client. */
    @BuildStep
    void baseUris(HumeWebSocketClientsBuildItem found, BuildProducer<RunTimeConfigurationDefaultBuildItem> defaults) {
        found.clients().values().forEach(client -> defaults.produce(new RunTimeConfigurationDefaultBuildItem(
                client.id() + ".base-uri",
                ConfiguredKeys.baseUrl(client.account()))));
    }

    /** Lets a native executable read the headers that the application has set on a connector. */
    @BuildStep(onlyIf = WebSocketsNextPresent.class)
    ReflectiveClassBuildItem headersOfConnectors() {
        return ReflectiveClassBuildItem.builder("io.quarkus.websockets.next.runtime.WebSocketConnectorBase").constructors(false)
                .fields().build();
    }

    @BuildStep(onlyIf = WebSocketsNextPresent.class)
    @Record(ExecutionTime.STATIC_INIT)
    void connectors(HumeWebSocketClientsBuildItem found, WebSocketRecorder recorder,
            BuildProducer<AdditionalBeanBuildItem> beans, BuildProducer<SyntheticBeanBuildItem> synthetic) {
        if (!found.clients().isEmpty()) {
            beans.produce(AdditionalBeanBuildItem.unremovableOf(AuthenticatingConnector.class));
            synthetic.produce(SyntheticBeanBuildItem.configure(WebSocketClients.class).scope(Singleton.class).unremovable()
                    .supplier(recorder.clients(new TreeMap<>(found.clients()))).done());
        }
    }

    @BuildStep(onlyIf = WebSocketsNextPresent.class)
    @Record(ExecutionTime.RUNTIME_INIT)
    void beans(HumePlanBuildItem plan, WebSocketRecorder recorder, ApplicationArchivesBuildItem archives,
            BuildProducer<SyntheticBeanBuildItem> beans) {
        for (String account : AccountBeans.accounts(plan, ClientIndex.of(archives).index())) {
            beans.produce(AccountBeans.bean(HumeWebSockets.class, account).createWith(recorder.webSockets(account)).done());
        }
    }
}
