package io.quarkiverse.hume.deployment.browser;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeStrategy;
import io.quarkiverse.hume.deployment.access.AccessConditions;
import io.quarkiverse.hume.deployment.config.ConfiguredKeysBuildItem;
import io.quarkiverse.hume.deployment.config.HumeBuildTimeConfig;
import io.quarkiverse.hume.deployment.config.HumeBuildTimeConfig.BrowserTokenBuildTimeConfig;
import io.quarkiverse.hume.deployment.message.HumeBuildLog;
import io.quarkiverse.hume.deployment.message.Violations;
import io.quarkiverse.hume.deployment.spi.HumePlanBuildItem;
import io.quarkiverse.hume.deployment.spi.HumeUsageBuildItem;
import io.quarkiverse.hume.runtime.browser.BrowserTokenPlan;
import io.quarkiverse.hume.runtime.browser.BrowserTokenRecorder;
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
import io.quarkus.deployment.annotations.Record;
import io.quarkus.vertx.http.deployment.spi.RouteBuildItem;

/**
 * Adds the endpoint that gives access tokens to browsers, if {@code hume.browser-token.enabled} is set. The HTTP server is
 * optional for an application, so none of its classes appears in a signature here.
 */
class HumeBrowserTokenProcessor {

    /** Whether the endpoint is enabled. */
    static final class Enabled implements BooleanSupplier {

        private final HumeBuildTimeConfig config;

        Enabled(HumeBuildTimeConfig config) {
            this.config = config;
        }

        @Override
        public boolean getAsBoolean() {
            return config.browserToken().enabled();
        }
    }

    @BuildStep(onlyIf = Enabled.class)
    HumeUsageBuildItem usage(HumeBuildTimeConfig config) {
        return new HumeUsageBuildItem(plan(config.browserToken()).account(), HumeStrategy.TOKEN,
                "the endpoint of hume.browser-token");
    }

    @BuildStep(onlyIf = Enabled.class)
    HumeBrowserTokenBuildItem decide(HumeBuildTimeConfig config, HumePlanBuildItem strategies, Capabilities capabilities,
            ConfiguredKeysBuildItem keys) {
        BrowserTokenPlan plan = plan(config.browserToken());
        List<String> violations = new BrowserTokenConditions(capabilities.isPresent(Capability.VERTX_HTTP),
                capabilities.isPresent(Capability.SECURITY), strategies.decisions().get(plan.account()),
                keys.isMentioned(plan.account(), "secret-key")).violations(plan);
        Violations.fail("Browsers cannot be given Hume access tokens", violations, "hume.browser-token.enabled");
        if (plan.access().publicAccess()) {
            HumeBuildLog.LOG.browserTokensForEveryone(plan.path());
        }
        return new HumeBrowserTokenBuildItem(plan);
    }

    private static BrowserTokenPlan plan(BrowserTokenBuildTimeConfig config) {
        return new BrowserTokenPlan(config.path(), config.account().orElse(HumeAccount.DEFAULT),
                AccessConditions.plan(config.publicAccess(), config.rolesAllowed(), config.policy()));
    }

    @BuildStep(onlyIf = Enabled.class)
    UnremovableBeanBuildItem policies() {
        return UnremovableBeanBuildItem.beanTypes(AccessConditions.POLICY);
    }

    @BuildStep(onlyIf = Enabled.class)
    void mechanisms(Optional<HumeBrowserTokenBuildItem> endpoint, SynthesisFinishedBuildItem beans,
            BuildProducer<ValidationErrorBuildItem> errors) {
        endpoint.flatMap(given -> AccessConditions.withoutMechanism("hume.browser-token.", given.plan().access(), beans))
                .ifPresent(errors::produce);
    }

    @BuildStep(onlyIf = Enabled.class)
    @Record(ExecutionTime.RUNTIME_INIT)
    @Consume(BeanContainerBuildItem.class)
    @Consume(SyntheticBeansRuntimeInitBuildItem.class)
    void route(Optional<HumeBrowserTokenBuildItem> endpoint, BrowserTokenRecorder recorder,
            BuildProducer<RouteBuildItem> routes) {
        // A path without a leading slash is relative to the root path; with the slash it would be absolute.
        endpoint.ifPresent(given -> routes.produce(RouteBuildItem.newApplicationRoute(given.plan().path().substring(1))
                .withRequestHandler(recorder.route(given.plan())).build()));
    }
}
