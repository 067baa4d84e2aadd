package io.quarkiverse.hume.deployment.webhook;

import io.quarkiverse.hume.deployment.spi.HumeAccountsStartedBuildItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.CompositeIndex;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;
import org.jboss.resteasy.reactive.server.model.HandlerChainCustomizer;
import org.jboss.resteasy.reactive.server.processor.scanning.MethodScanner;

import io.quarkiverse.hume.runtime.webhook.WebhookCustomizer;
import io.quarkiverse.hume.runtime.webhook.WebhookRecorder;
import io.quarkiverse.hume.runtime.webhook.Webhooks;
import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.arc.deployment.BuildExclusionsBuildItem;
import io.quarkus.deployment.Capabilities;
import io.quarkus.deployment.Capability;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.Consume;
import io.quarkus.deployment.annotations.ExecutionTime;
import io.quarkus.deployment.annotations.Produce;
import io.quarkus.deployment.annotations.Record;
import io.quarkus.deployment.builditem.ApplicationArchivesBuildItem;
import io.quarkus.deployment.builditem.ServiceStartBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ReflectiveHierarchyBuildItem;
import io.quarkus.resteasy.reactive.server.spi.MethodScannerBuildItem;
import io.quarkus.runtime.configuration.ConfigurationException;

/** Puts the verification of webhooks before the resource methods that ask for it. */
class HumeWebhookProcessor {

    @BuildStep
    void find(ApplicationArchivesBuildItem archives, Capabilities capabilities,
            BuildProducer<HumeWebhooksBuildItem> webhooks) {
        List<IndexView> indexes = new ArrayList<>();
        archives.getAllApplicationArchives().forEach(archive -> indexes.add(archive.getIndex()));
        HumeWebhooksBuildItem found = new HumeWebhooksBuildItem(CompositeIndex.create(indexes));
        if (found.annotations().isEmpty()) {
            return;
        }
        requireServer(capabilities, found);
        webhooks.produce(found);
    }

    static void requireServer(Capabilities capabilities, HumeWebhooksBuildItem found) {
        if (capabilities.isMissing(Capability.RESTEASY_REACTIVE)) {
            throw new ConfigurationException("@HumeWebhook stands on " + describe(found.annotations().get(0))
                    + ", but this application has no server that it works with. Add the extension quarkus-rest");
        }
    }

    @BuildStep
    void verification(Optional<HumeWebhooksBuildItem> webhooks, BuildProducer<AdditionalBeanBuildItem> beans,
            BuildProducer<MethodScannerBuildItem> scanners) {
        if (webhooks.isEmpty()) {
            return;
        }
        beans.produce(AdditionalBeanBuildItem.unremovableOf(Webhooks.class));
        scanners.produce(new MethodScannerBuildItem(new MethodScanner() {
            @Override
            public List<HandlerChainCustomizer> scan(MethodInfo method, ClassInfo endpoint, Map<String, Object> context) {
                String account = webhooks.get().accountOf(method, endpoint);
                return account == null ? List.of()
                        : List.of(new WebhookCustomizer().setAccount(account)
                                .setResource(endpoint.name() + "#" + method.name()));
            }
        }));
    }

    /** @param endpoints not looked at: the server produces some when its endpoints are put together, and this comes after */
    @BuildStep
    @Record(ExecutionTime.RUNTIME_INIT)
    @Consume(HumeAccountsStartedBuildItem.class)
    @Produce(ServiceStartBuildItem.class) // so that no port is open before
    void check(Optional<HumeWebhooksBuildItem> webhooks, List<ReflectiveHierarchyBuildItem> endpoints,
            BuildExclusionsBuildItem exclusions, WebhookRecorder recorder) {
        if (webhooks.isEmpty()) {
            return;
        }
        for (AnnotationInstance annotation : webhooks.get().annotations()) {
            if (!webhooks.get().hadEffect(annotation) && !exclusions.isExcluded(annotation.target())) {
                throw new ConfigurationException("@HumeWebhook stands on " + describe(annotation) + ", which is no JAX-RS"
                        + " resource, so nothing would be verified there. Put it on a method with @POST in a class with"
                        + " @Path, or on such a class");
            }
        }
        if (!webhooks.get().resources().isEmpty()) {
            recorder.check(webhooks.get().resources());
        }
    }

    private static String describe(AnnotationInstance annotation) {
        if (annotation.target().kind() == AnnotationTarget.Kind.METHOD) {
            MethodInfo method = annotation.target().asMethod();
            return method.declaringClass().name() + "#" + method.name();
        }
        return annotation.target().asClass().name().toString();
    }
}
