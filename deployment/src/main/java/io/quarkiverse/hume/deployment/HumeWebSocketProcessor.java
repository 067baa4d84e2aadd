package io.quarkiverse.hume.deployment;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

import jakarta.enterprise.inject.Default;
import jakarta.inject.Singleton;

import org.jboss.jandex.DotName;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeWebSockets;
import io.quarkiverse.hume.runtime.websocket.WebSocketRecorder;
import io.quarkus.arc.deployment.SyntheticBeanBuildItem;
import io.quarkus.bootstrap.classloading.QuarkusClassLoader;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.ExecutionTime;
import io.quarkus.deployment.annotations.Record;
import io.quarkus.deployment.builditem.ApplicationArchivesBuildItem;

/** WebSocket connections, in applications that have WebSockets Next. */
class HumeWebSocketProcessor {

    private static final DotName ACCOUNT = DotName.createSimple(HumeAccount.class);

    /** Whether WebSockets Next is on the class path of the application. */
    static final class WebSocketsNextPresent implements BooleanSupplier {
        @Override
        public boolean getAsBoolean() {
            return QuarkusClassLoader.isClassPresentAtRuntime("io.quarkus.websockets.next.BasicWebSocketConnector");
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
                    .scope(Singleton.class)
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
