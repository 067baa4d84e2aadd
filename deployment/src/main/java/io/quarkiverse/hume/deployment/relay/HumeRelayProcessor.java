package io.quarkiverse.hume.deployment.relay;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeStrategy;
import io.quarkiverse.hume.deployment.access.AccessConditions;
import io.quarkiverse.hume.deployment.config.HumeBuildTimeConfig;
import io.quarkiverse.hume.deployment.config.HumeBuildTimeConfig.RelayBuildTimeConfig;
import io.quarkiverse.hume.deployment.message.HumeBuildLog;
import io.quarkiverse.hume.deployment.message.Violations;
import io.quarkiverse.hume.deployment.spi.HumeUsageBuildItem;
import io.quarkiverse.hume.runtime.relay.RelayPlan;
import io.quarkiverse.hume.runtime.relay.RelayRecorder;
import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.arc.deployment.BeanContainerBuildItem;
import io.quarkus.arc.deployment.SynthesisFinishedBuildItem;
import io.quarkus.arc.deployment.SyntheticBeansRuntimeInitBuildItem;
import io.quarkus.arc.deployment.UnremovableBeanBuildItem;
import io.quarkus.arc.deployment.ValidationPhaseBuildItem.ValidationErrorBuildItem;
import io.quarkus.deployment.Capabilities;
import io.quarkus.deployment.Capability;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.Consume;
import io.quarkus.deployment.annotations.ExecutionTime;
import io.quarkus.deployment.annotations.Produce;
import io.quarkus.deployment.annotations.Record;
import io.quarkus.deployment.builditem.ServiceStartBuildItem;
import io.quarkus.deployment.builditem.ShutdownContextBuildItem;
import io.quarkus.vertx.http.deployment.spi.RouteBuildItem;

/**
 * Adds the relay for browsers, if {@code hume.relay.enabled} is set. The HTTP server is optional for an application, so none of
 * its classes appears in a signature here, and the relay's beans are registered by class name.
 */
class HumeRelayProcessor {

    private static final String INSTANCE = "io.quarkiverse.hume.runtime.relay.RelayInstance";
    private static final String SERVER_OPTIONS = "io.quarkiverse.hume.runtime.relay.RelayServerOptions";

    /**
     * Runs before the HTTP server rejects bodies above its own limit, and after the handlers for security and CORS.
     */
    private static final int BEFORE_UPLOAD_LIMIT = -3;

    /** Runs before the filter of Quarkus WebSockets Next that reads headers in sub-protocols, which has the order -220. */
    private static final int BEFORE_SUB_PROTOCOL_HEADERS = -230;

    /** Whether the relay is enabled. */
    static final class Enabled implements BooleanSupplier {

        private final HumeBuildTimeConfig config;

        Enabled(HumeBuildTimeConfig config) {
            this.config = config;
        }

        @Override
        public boolean getAsBoolean() {
            return config.relay().enabled();
        }
    }

    @BuildStep(onlyIf = Enabled.class)
    HumeUsageBuildItem usage(HumeBuildTimeConfig config) {
        return new HumeUsageBuildItem(plan(config.relay()).account(), HumeStrategy.AUTO, "the relay of hume.relay");
    }

    @BuildStep(onlyIf = Enabled.class)
    HumeRelayBuildItem decide(HumeBuildTimeConfig config, Capabilities capabilities) {
        RelayPlan plan = plan(config.relay());
        List<String> violations = RelayConditions.violations(plan, capabilities.isPresent(Capability.VERTX_HTTP),
                capabilities.isPresent(Capability.SECURITY));
        Violations.fail("Requests of browsers cannot be relayed to Hume", violations, "hume.relay.enabled");
        if (plan.access().publicAccess()) {
            HumeBuildLog.LOG.relayForEveryone(plan.path());
        }
        return new HumeRelayBuildItem(plan);
    }

    private static RelayPlan plan(RelayBuildTimeConfig config) {
        return new RelayPlan(config.path(), config.account().orElse(HumeAccount.DEFAULT),
                AccessConditions.plan(config.publicAccess(), config.rolesAllowed(), config.policy()),
                config.allow().orElse(List.of()));
    }

    @BuildStep(onlyIfNot = Enabled.class)
    @Produce(ServiceStartBuildItem.class)
    void switchedOff(HumeBuildTimeConfig config) {
        if (config.relay().allow().isPresent()) {
            HumeBuildLog.LOG.relaySwitchedOff();
        }
    }

    @BuildStep(onlyIf = Enabled.class)
    void beans(BuildProducer<UnremovableBeanBuildItem> unremovable, BuildProducer<AdditionalBeanBuildItem> beans) {
        unremovable.produce(UnremovableBeanBuildItem.beanTypes(AccessConditions.POLICY));
        beans.produce(AdditionalBeanBuildItem.builder().addBeanClasses(INSTANCE, SERVER_OPTIONS).setUnremovable().build());
    }

    @BuildStep(onlyIf = Enabled.class)
    void mechanisms(Optional<HumeRelayBuildItem> relay, SynthesisFinishedBuildItem beans,
            BuildProducer<ValidationErrorBuildItem> errors) {
        relay.flatMap(given -> AccessConditions.withoutMechanism(RelayConditions.PREFIX, given.plan().access(), beans))
                .ifPresent(errors::produce);
    }

    @BuildStep(onlyIf = Enabled.class)
    @Record(ExecutionTime.RUNTIME_INIT)
    @Consume(BeanContainerBuildItem.class)
    @Consume(SyntheticBeansRuntimeInitBuildItem.class)
    void route(Optional<HumeRelayBuildItem> relay, RelayRecorder recorder, ShutdownContextBuildItem shutdown,
            BuildProducer<RouteBuildItem> routes) {
        relay.map(HumeRelayBuildItem::plan).ifPresent(plan -> {
            // A route with an explicit order has to be created with its whole path.
            String path = plan.path() + "/*";
            routes.produce(RouteBuildItem.newApplicationRoute(path).withOrder(BEFORE_SUB_PROTOCOL_HEADERS)
                    .withRequestHandler(recorder.subProtocolCheck(plan)).build());
            routes.produce(RouteBuildItem.newApplicationRoute(path).withOrder(BEFORE_UPLOAD_LIMIT)
                    .withRequestHandler(recorder.route(plan, shutdown)).build());
        });
    }
}
