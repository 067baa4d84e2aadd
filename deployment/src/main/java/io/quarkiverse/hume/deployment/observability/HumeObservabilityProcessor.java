package io.quarkiverse.hume.deployment.observability;

import java.util.Optional;
import java.util.Set;

import io.quarkiverse.hume.deployment.browser.HumeBrowserTokenBuildItem;
import io.quarkiverse.hume.deployment.config.HumeBuildTimeConfig;
import io.quarkiverse.hume.deployment.relay.HumeRelayBuildItem;
import io.quarkiverse.hume.deployment.spi.HumeAccountsStartedBuildItem;
import io.quarkiverse.hume.deployment.spi.HumePlanBuildItem;
import io.quarkiverse.hume.deployment.webhook.HumeWebhooksBuildItem;
import io.quarkiverse.hume.runtime.metrics.AccountMetrics;
import io.quarkiverse.hume.runtime.metrics.MetricsPlan;
import io.quarkiverse.hume.runtime.metrics.MetricsRecorder;
import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.arc.deployment.OpenTelemetrySdkBuildItem;
import io.quarkus.deployment.Capabilities;
import io.quarkus.deployment.Capability;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.Consume;
import io.quarkus.deployment.annotations.ExecutionTime;
import io.quarkus.deployment.annotations.Record;
import io.quarkus.deployment.metrics.MetricsCapabilityBuildItem;
import io.quarkus.deployment.metrics.MetricsFactoryConsumerBuildItem;
import io.quarkus.runtime.metrics.MetricsFactory;
import io.quarkus.smallrye.health.deployment.spi.HealthBuildItem;

/**
 * Adds health checks, metrics and spans, each in applications with the corresponding extension. Beans that use an optional API
 * are registered by class name, since the build of an application without this API could not load them.
 */
class HumeObservabilityProcessor {

    private static final String READINESS = "io.quarkiverse.hume.runtime.health.AccountReadiness";
    private static final String STARTUP = "io.quarkiverse.hume.runtime.health.FirstTokens";
    private static final String SPANS = "io.quarkiverse.hume.runtime.tracing.TokenRequestSpans";
    private static final String RELAY_SPANS = "io.quarkiverse.hume.runtime.tracing.RelaySpans";
    private static final String REDACTION = "io.quarkiverse.hume.runtime.tracing.CredentialRedaction";

    @BuildStep
    void health(HumeBuildTimeConfig config, Capabilities capabilities, BuildProducer<HealthBuildItem> checks) {
        if (capabilities.isPresent(Capability.SMALLRYE_HEALTH)) {
            boolean enabled = config.health().enabled();
            checks.produce(new HealthBuildItem(READINESS, enabled));
            checks.produce(new HealthBuildItem(STARTUP, enabled && config.health().startup().enabled()));
        }
    }

    @BuildStep
    void counters(HumeBuildTimeConfig config, Optional<MetricsCapabilityBuildItem> metrics,
            BuildProducer<AdditionalBeanBuildItem> beans) {
        if (wanted(config, metrics)) {
            beans.produce(AdditionalBeanBuildItem.unremovableOf(AccountMetrics.class));
        }
    }

    @BuildStep
    @Record(ExecutionTime.RUNTIME_INIT)
    @Consume(HumeAccountsStartedBuildItem.class)
    void metrics(HumeBuildTimeConfig config, Optional<MetricsCapabilityBuildItem> metrics, MetricsRecorder recorder,
            Capabilities capabilities, Optional<HumeBrowserTokenBuildItem> browserTokens, Optional<HumeRelayBuildItem> relay,
            Optional<HumeWebhooksBuildItem> webhooks, BuildProducer<MetricsFactoryConsumerBuildItem> consumers) {
        if (wanted(config, metrics)) {
            consumers.produce(new MetricsFactoryConsumerBuildItem(recorder.register(new MetricsPlan(
                    capabilities.isPresent(Capability.WEBSOCKETS_NEXT),
                    browserTokens.map(endpoint -> endpoint.plan().account()).orElse(null),
                    relay.map(given -> given.plan().account()).orElse(null),
                    webhooks.map(HumeWebhooksBuildItem::accounts).orElse(Set.of())))));
        }
    }

    private static boolean wanted(HumeBuildTimeConfig config, Optional<MetricsCapabilityBuildItem> metrics) {
        return config.metrics().enabled() && metrics.isPresent()
                && metrics.get().metricsSupported(MetricsFactory.MICROMETER);
    }

    @BuildStep
    void tracing(HumeBuildTimeConfig config, HumePlanBuildItem plan, Optional<OpenTelemetrySdkBuildItem> openTelemetry,
            BuildProducer<AdditionalBeanBuildItem> beans) {
        if (openTelemetry.isEmpty() || !openTelemetry.get().isTracingBuildTimeEnabled()) {
            return;
        }
        if (config.tracing().enabled() && plan.tokens()) {
            beans.produce(AdditionalBeanBuildItem.unremovableOf(SPANS));
        }
        if (config.tracing().enabled() && config.relay().enabled()) {
            beans.produce(AdditionalBeanBuildItem.unremovableOf(RELAY_SPANS));
        }
        if (config.tracing().redactCredentials()) {
            beans.produce(AdditionalBeanBuildItem.unremovableOf(REDACTION));
        }
    }
}
