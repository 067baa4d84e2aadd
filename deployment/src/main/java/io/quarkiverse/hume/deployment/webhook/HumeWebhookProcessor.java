package io.quarkiverse.hume.deployment.webhook;

import java.util.Collection;
import java.util.Optional;

import org.jboss.jandex.AnnotationInstance;

import io.quarkiverse.hume.deployment.index.ClientIndex;
import io.quarkiverse.hume.deployment.index.HumeAnnotations;
import io.quarkiverse.hume.deployment.spi.HumeAccountsStartedBuildItem;
import io.quarkiverse.hume.runtime.webhook.WebhookRecorder;
import io.quarkiverse.hume.runtime.webhook.Webhooks;
import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.arc.deployment.BuildExclusionsBuildItem;
import io.quarkus.arc.deployment.SyntheticBeansRuntimeInitBuildItem;
import io.quarkus.deployment.Capabilities;
import io.quarkus.deployment.Capability;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.Consume;
import io.quarkus.deployment.annotations.ExecutionTime;
import io.quarkus.deployment.annotations.Produce;
import io.quarkus.deployment.annotations.Record;
import io.quarkus.deployment.builditem.ApplicationArchivesBuildItem;
import io.quarkus.deployment.builditem.LaunchModeBuildItem;
import io.quarkus.deployment.builditem.ServiceStartBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ReflectiveHierarchyBuildItem;
import io.quarkus.resteasy.reactive.server.spi.MethodScannerBuildItem;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.configuration.ConfigurationException;

/** Adds the verification of webhooks to the annotated resource methods. */
class HumeWebhookProcessor {

    @BuildStep
    void find(ApplicationArchivesBuildItem archives, Capabilities capabilities,
            BuildProducer<HumeWebhooksBuildItem> webhooks, BuildProducer<WebhookScanBuildItem> scans,
            BuildProducer<MethodScannerBuildItem> scanners, BuildProducer<AdditionalBeanBuildItem> beans) {
        ClientIndex index = ClientIndex.of(archives);
        Collection<AnnotationInstance> annotations = index.index().getAnnotations(HumeAnnotations.WEBHOOK);
        if (annotations.isEmpty()) {
            return;
        }
        requireServer(capabilities, annotations.iterator().next());
        WebhookScan scan = new WebhookScan(index.index());
        webhooks.produce(new HumeWebhooksBuildItem(annotations));
        scans.produce(new WebhookScanBuildItem(scan));
        scanners.produce(new MethodScannerBuildItem(scan));
        beans.produce(AdditionalBeanBuildItem.unremovableOf(Webhooks.class));
    }

    static void requireServer(Capabilities capabilities, AnnotationInstance annotation) {
        if (capabilities.isMissing(Capability.RESTEASY_REACTIVE)) {
            throw new ConfigurationException("@HumeWebhook is " + HumeAnnotations.place(annotation)
                    + ", but this application has no server that it works with. Add the extension quarkus-rest");
        }
    }

    // The server produces reflective hierarchies after it has built its endpoints. Its own build items cannot be used here,
    // because an application without the server could not load their classes.
    @BuildStep
    @Record(ExecutionTime.RUNTIME_INIT)
    @Consume(HumeAccountsStartedBuildItem.class)
    @Consume(ReflectiveHierarchyBuildItem.class)
    @Consume(SyntheticBeansRuntimeInitBuildItem.class)
    @Produce(ServiceStartBuildItem.class) // The check runs before the server opens its ports.
    void check(Optional<HumeWebhooksBuildItem> webhooks, Optional<WebhookScanBuildItem> scans,
            BuildExclusionsBuildItem exclusions, LaunchModeBuildItem launchMode, WebhookRecorder recorder) {
        if (webhooks.isEmpty() || scans.isEmpty()) {
            return;
        }
        WebhookScan scan = scans.get().scan();
        for (AnnotationInstance annotation : webhooks.get().annotations()) {
            if (!scan.hadEffect(annotation) && !exclusions.isExcluded(annotation.target())) {
                throw new ConfigurationException("@HumeWebhook is " + HumeAnnotations.place(annotation) + ", which is no"
                        + " JAX-RS resource, so nothing would be verified there. Put it on a method with @POST in a class with"
                        + " @Path, or on such a class");
            }
        }
        if (!scan.resources().isEmpty()) {
            recorder.check(scan.resources(), launchMode.getLaunchMode() == LaunchMode.TEST);
        }
    }
}
