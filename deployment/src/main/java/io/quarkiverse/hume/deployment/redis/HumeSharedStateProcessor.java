package io.quarkiverse.hume.deployment.redis;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.ConfigValue;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.ClassType;
import org.jboss.jandex.DotName;
import org.jboss.jandex.Type;

import io.quarkiverse.hume.deployment.browser.HumeBrowserTokenBuildItem;
import io.quarkiverse.hume.deployment.config.HumeBuildTimeConfig;
import io.quarkiverse.hume.deployment.config.HumeBuildTimeConfig.SharedStateStore;
import io.quarkiverse.hume.deployment.message.HumeBuildLog;
import io.quarkiverse.hume.deployment.message.Violations;
import io.quarkiverse.hume.deployment.relay.HumeRelayBuildItem;
import io.quarkiverse.hume.deployment.webhook.HumeWebhooksBuildItem;
import io.quarkiverse.hume.runtime.access.SharedLimits;
import io.quarkiverse.hume.runtime.redis.SharedStateRecorder;
import io.quarkiverse.hume.runtime.webhook.SharedReplays;
import io.quarkus.arc.deployment.GeneratedBeanBuildItem;
import io.quarkus.arc.deployment.GeneratedBeanGizmoAdaptor;
import io.quarkus.arc.deployment.SyntheticBeanBuildItem;
import io.quarkus.arc.deployment.SyntheticBeanBuildItem.ExtendedBeanConfigurator;
import io.quarkus.deployment.Capabilities;
import io.quarkus.deployment.Capability;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.ExecutionTime;
import io.quarkus.deployment.annotations.Produce;
import io.quarkus.deployment.annotations.Record;
import io.quarkus.deployment.builditem.ApplicationInfoBuildItem;
import io.quarkus.deployment.builditem.ServiceStartBuildItem;
import io.quarkus.deployment.builditem.ShutdownContextBuildItem;
import io.quarkus.gizmo.ClassCreator;
import io.quarkus.gizmo.FieldCreator;

/**
 * Adds the state that several instances share in Redis, if {@code hume.shared-state=redis} is set. The Redis client is optional
 * for an application, so its classes are referred to by their names here.
 */
class HumeSharedStateProcessor {

    private static final DotName STATE = DotName.createSimple("io.quarkiverse.hume.runtime.redis.RedisSharedState");
    private static final DotName REDIS = DotName.createSimple("io.vertx.redis.client.Redis");
    private static final DotName VERTX = DotName.createSimple("io.vertx.core.Vertx");
    private static final DotName CLIENT_NAME = DotName.createSimple("io.quarkus.redis.client.RedisClientName");

    /** Whether the application uses shared state in Redis. */
    static final class Enabled implements BooleanSupplier {

        private final HumeBuildTimeConfig config;

        Enabled(HumeBuildTimeConfig config) {
            this.config = config;
        }

        @Override
        public boolean getAsBoolean() {
            return config.sharedState().store() == SharedStateStore.REDIS;
        }
    }

    @BuildStep(onlyIf = Enabled.class)
    @Produce(ServiceStartBuildItem.class)
    void check(HumeBuildTimeConfig config, Capabilities capabilities, Optional<HumeWebhooksBuildItem> webhooks,
            Optional<HumeRelayBuildItem> relay, Optional<HumeBrowserTokenBuildItem> browserToken) {
        Violations.fail("Instances cannot share state", SharedStateConditions.violations(config.sharedState().clientName(),
                capabilities.isPresent(Capability.REDIS_CLIENT), ConfigProvider.getConfig().getPropertyNames()),
                "hume.shared-state", "hume.shared-state.client-name");
        if (webhooks.isEmpty() && relay.isEmpty() && browserToken.isEmpty()) {
            HumeBuildLog.LOG.nothingToShare();
        }
        if (capabilities.isPresent(Capability.SMALLRYE_HEALTH) && isDefault("quarkus.redis.health.enabled")
                && isDefault("quarkus.smallrye-health.extensions.enabled")
                && isDefault("mp.health.disable-default-procedures")) {
            HumeBuildLog.LOG.readinessDependsOnRedis();
        }
    }

    /** Whether the property has its default, which Quarkus provides as a value. */
    private static boolean isDefault(String property) {
        ConfigValue value = ConfigProvider.getConfig().getConfigValue(property);
        return value.getRawValue() == null || value.getSourceOrdinal() == Integer.MIN_VALUE;
    }

    @BuildStep(onlyIfNot = Enabled.class)
    @Produce(ServiceStartBuildItem.class)
    void switchedOff() {
        Stream.of("hume.shared-state.client-name", "hume.shared-state.timeout")
                .filter(property -> ConfigProvider.getConfig().getConfigValue(property).getRawValue() != null)
                .forEach(HumeBuildLog.LOG::sharedStateSwitchedOff);
    }

    /**
     * Generates a bean that requests the Redis client, because the Redis extension creates only clients that a bean of the
     * application uses.
     */
    @BuildStep(onlyIf = Enabled.class)
    void request(HumeBuildTimeConfig config, Capabilities capabilities, BuildProducer<GeneratedBeanBuildItem> beans) {
        if (capabilities.isMissing(Capability.REDIS_CLIENT)) {
            return;
        }
        try (ClassCreator bean = ClassCreator.builder().classOutput(new GeneratedBeanGizmoAdaptor(beans))
                .className("io.quarkiverse.hume.runtime.redis.RequestedRedisClient").build()) {
            bean.addAnnotation(Singleton.class);
            FieldCreator client = bean.getFieldCreator("redis", REDIS.toString()).setModifiers(0);
            client.addAnnotation(Inject.class);
            config.sharedState().clientName().ifPresent(
                    name -> client.addAnnotation(CLIENT_NAME.toString()).addValue("value", name));
        }
    }

    @BuildStep(onlyIf = Enabled.class)
    @Record(ExecutionTime.RUNTIME_INIT)
    void bean(HumeBuildTimeConfig config, Capabilities capabilities, ApplicationInfoBuildItem application,
            SharedStateRecorder recorder, ShutdownContextBuildItem shutdown, BuildProducer<SyntheticBeanBuildItem> beans) {
        if (capabilities.isMissing(Capability.REDIS_CLIENT)) {
            return;
        }
        String name = config.sharedState().clientName().orElse(null);
        ExtendedBeanConfigurator bean = SyntheticBeanBuildItem.configure(STATE).addType(SharedLimits.class)
                .addType(SharedReplays.class).scope(Singleton.class).setRuntimeInit().unremovable()
                .addInjectionPoint(ClassType.create(VERTX))
                .createWith(recorder.sharedState(name, application.getName(), shutdown));
        Type redis = ClassType.create(REDIS);
        if (name == null) {
            bean.addInjectionPoint(redis);
        } else {
            bean.addInjectionPoint(redis, AnnotationInstance.builder(CLIENT_NAME).value(name).build());
        }
        beans.produce(bean.done());
    }
}
