package io.quarkiverse.hume.deployment;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Default;
import jakarta.inject.Singleton;

import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.AnnotationValue;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeAuthenticated;
import io.quarkiverse.hume.HumeStrategy;
import io.quarkiverse.hume.HumeWebSockets;
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

/** WebSocket connections, in applications that have WebSockets Next. */
class HumeWebSocketProcessor {

    static final DotName WEB_SOCKET_CLIENT = DotName.createSimple("io.quarkus.websockets.next.WebSocketClient");

    private static final DotName ACCOUNT = DotName.createSimple(HumeAccount.class);
    private static final DotName AUTHENTICATED = DotName.createSimple(HumeAuthenticated.class);

    /** Whether WebSockets Next is on the class path of the application. */
    static final class WebSocketsNextPresent implements BooleanSupplier {
        @Override
        public boolean getAsBoolean() {
            return QuarkusClassLoader.isClassPresentAtRuntime("io.quarkus.websockets.next.BasicWebSocketConnector");
        }
    }

    @BuildStep
    HumeWebSocketClientsBuildItem find(ApplicationArchivesBuildItem archives, BuildProducer<HumeUsageBuildItem> usages) {
        Map<String, WebSocketClients.Client> clients = new HashMap<>();
        archives.getAllApplicationArchives().forEach(archive -> {
            for (AnnotationInstance annotation : archive.getIndex().getAnnotations(AUTHENTICATED)) {
                if (annotation.target().kind() == AnnotationTarget.Kind.CLASS
                        && annotation.target().asClass().hasDeclaredAnnotation(WEB_SOCKET_CLIENT)) {
                    WebSocketClients.Client client = client(annotation);
                    String name = annotation.target().asClass().name().toString();
                    clients.put(name, client);
                    usages.produce(
                            new HumeUsageBuildItem(client.account(), client.strategy(), "the WebSocket client " + name));
                }
            }
        });
        return new HumeWebSocketClientsBuildItem(clients);
    }

    private static WebSocketClients.Client client(AnnotationInstance annotation) {
        AnnotationValue account = annotation.value("account");
        AnnotationValue strategy = annotation.value("strategy");
        ClassInfo annotated = annotation.target().asClass();
        AnnotationValue id = annotated.declaredAnnotation(WEB_SOCKET_CLIENT).value("clientId");
        boolean named = id != null && !id.asString().isEmpty() && !id.asString().startsWith("<<");
        return new WebSocketClients.Client(named ? id.asString() : annotated.name().toString(),
                account == null ? HumeAccount.DEFAULT : account.asString(),
                strategy == null ? HumeStrategy.AUTO : HumeStrategy.valueOf(strategy.asEnum()));
    }

    /** A client without a base URI connects to its account's platform. */
    @BuildStep
    void baseUris(HumeWebSocketClientsBuildItem found, BuildProducer<RunTimeConfigurationDefaultBuildItem> defaults) {
        found.clients().values().forEach(client -> defaults.produce(new RunTimeConfigurationDefaultBuildItem(
                client.id() + ".base-uri",
                ConfiguredKeys.baseUrl(client.account()))));
    }

    @BuildStep(onlyIf = WebSocketsNextPresent.class)
    @Record(ExecutionTime.STATIC_INIT)
    void connectors(HumeWebSocketClientsBuildItem found, WebSocketRecorder recorder,
            BuildProducer<AdditionalBeanBuildItem> beans, BuildProducer<SyntheticBeanBuildItem> synthetic) {
        if (!found.clients().isEmpty()) {
            beans.produce(AdditionalBeanBuildItem.unremovableOf(AuthenticatingConnector.class));
            synthetic.produce(SyntheticBeanBuildItem.configure(WebSocketClients.class).scope(Singleton.class).unremovable()
                    .supplier(recorder.clients(found.clients())).done());
        }
    }

    @BuildStep(onlyIf = WebSocketsNextPresent.class)
    @Record(ExecutionTime.RUNTIME_INIT)
    void beans(HumePlanBuildItem plan, WebSocketRecorder recorder, ApplicationArchivesBuildItem archives,
            BuildProducer<SyntheticBeanBuildItem> beans) {
        Set<String> accounts = new TreeSet<>(plan.decisions().keySet());
        archives.getAllApplicationArchives().forEach(archive -> archive.getIndex().getAnnotations(ACCOUNT).forEach(
                annotation -> accounts.add(annotation.value() == null ? HumeAccount.DEFAULT : annotation.value().asString())));
        for (String account : accounts) {
            SyntheticBeanBuildItem.ExtendedBeanConfigurator bean = SyntheticBeanBuildItem.configure(HumeWebSockets.class)
                    .scope(ApplicationScoped.class)
                    .setRuntimeInit()
                    .addQualifier().annotation(HumeAccount.class).addValue("value", account).done()
                    .createWith(recorder.webSockets(account));
            if (account.equals(HumeAccount.DEFAULT)) {
                bean.addQualifier(Default.class);
            }
            beans.produce(bean.done());
        }
    }
}
