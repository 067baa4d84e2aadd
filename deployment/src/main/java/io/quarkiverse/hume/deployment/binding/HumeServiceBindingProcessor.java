package io.quarkiverse.hume.deployment.binding;

import io.quarkiverse.hume.runtime.binding.HumeServiceBinding;
import io.quarkus.deployment.Capabilities;
import io.quarkus.deployment.Capability;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.nativeimage.ServiceProviderBuildItem;

/** Supports Kubernetes service bindings, in applications with the Quarkus extension for them. */
class HumeServiceBindingProcessor {

    private static final String CONVERTER = "io.quarkus.kubernetes.service.binding.runtime.ServiceBindingConverter";

    /** Registers the converter as a service, because a native executable finds only registered services. */
    @BuildStep
    void register(Capabilities capabilities, BuildProducer<ServiceProviderBuildItem> services) {
        if (capabilities.isPresent(Capability.KUBERNETES_SERVICE_BINDING)) {
            services.produce(new ServiceProviderBuildItem(CONVERTER, HumeServiceBinding.class.getName()));
        }
    }
}
