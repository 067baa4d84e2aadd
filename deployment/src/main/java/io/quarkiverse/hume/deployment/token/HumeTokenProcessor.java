package io.quarkiverse.hume.deployment.token;

import java.util.List;
import java.util.Set;

import org.jboss.jandex.DotName;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeTokens;
import io.quarkiverse.hume.deployment.account.AccountBeans;
import io.quarkiverse.hume.deployment.index.ClientIndex;
import io.quarkiverse.hume.deployment.index.HumeAnnotations;
import io.quarkiverse.hume.deployment.spi.HumePlanBuildItem;
import io.quarkiverse.hume.deployment.spi.HumeTokensInjectionBuildItem;
import io.quarkiverse.hume.runtime.name.AccountName;
import io.quarkiverse.hume.runtime.refresh.TokenBeans;
import io.quarkiverse.hume.runtime.refresh.TokenRefresher;
import io.quarkiverse.hume.runtime.refresh.TokenRenewal;
import io.quarkiverse.hume.runtime.refresh.TokensRecorder;
import io.quarkiverse.hume.runtime.startup.TokenShutdown;
import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.arc.deployment.BeanDiscoveryFinishedBuildItem;
import io.quarkus.arc.deployment.SyntheticBeanBuildItem;
import io.quarkus.arc.processor.InjectionPointInfo;
import io.quarkus.bootstrap.classloading.QuarkusClassLoader;
import io.quarkus.deployment.Capabilities;
import io.quarkus.deployment.Capability;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.ExecutionTime;
import io.quarkus.deployment.annotations.Produce;
import io.quarkus.deployment.annotations.Record;
import io.quarkus.deployment.builditem.ApplicationArchivesBuildItem;
import io.quarkus.deployment.builditem.ShutdownListenerBuildItem;
import io.quarkus.deployment.builditem.nativeimage.RuntimeInitializedClassBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ServiceProviderBuildItem;
import io.quarkus.runtime.configuration.ConfigurationException;

/** Adds the parts of the extension that only applications with access tokens contain. */
class HumeTokenProcessor {

    private static final DotName TOKENS = DotName.createSimple(HumeTokens.class);

    private static final List<String> FAULT_TOLERANCE_SERVICES = List.of("io.smallrye.faulttolerance.api.Spi",
            "io.smallrye.faulttolerance.core.invocation.AsyncSupport",
            "io.smallrye.faulttolerance.core.event.loop.EventLoop");

    @BuildStep
    void tokenBeans(HumePlanBuildItem plan, Capabilities capabilities, BuildProducer<AdditionalBeanBuildItem> beans,
            BuildProducer<ShutdownListenerBuildItem> shutdown) {
        TokenLibraries.require(plan, QuarkusClassLoader::isClassPresentAtRuntime);
        if (plan.tokens()) {
            beans.produce(AdditionalBeanBuildItem.unremovableOf(TokenBeans.class));
            beans.produce(AdditionalBeanBuildItem.unremovableOf(TokenRenewal.class));
            // Quartz may store jobs in a database, where only one instance of a cluster runs them and removed jobs remain.
            if (capabilities.isMissing(Capability.QUARTZ)) {
                beans.produce(AdditionalBeanBuildItem.unremovableOf(TokenRefresher.class));
            }
            shutdown.produce(new ShutdownListenerBuildItem(new TokenShutdown()));
        }
    }

    /**
     * Registers the services of the fault tolerance library for native executables, which find only services that the build
     * registers. The holder starts a thread when it is initialized, so it must not be initialized while the executable is
     * built.
     */
    @BuildStep
    void faultTolerance(HumePlanBuildItem plan, BuildProducer<ServiceProviderBuildItem> services,
            BuildProducer<RuntimeInitializedClassBuildItem> initializedAtRunTime) {
        if (plan.tokens()) {
            FAULT_TOLERANCE_SERVICES.forEach(
                    service -> services.produce(ServiceProviderBuildItem.allProvidersFromClassPath(service)));
            initializedAtRunTime.produce(new RuntimeInitializedClassBuildItem(
                    "io.smallrye.faulttolerance.standalone.StandaloneSpi$LazyDependenciesHolder"));
        }
    }

    @BuildStep
    @Record(ExecutionTime.RUNTIME_INIT)
    void tokensBeans(HumePlanBuildItem plan, TokensRecorder recorder, ApplicationArchivesBuildItem archives,
            BuildProducer<SyntheticBeanBuildItem> beans) {
        if (!plan.tokens()) {
            return;
        }
        for (String account : AccountBeans.accounts(plan, ClientIndex.of(archives).index())) {
            beans.produce(AccountBeans.bean(HumeTokens.class, account).unremovable().createWith(recorder.tokens(account))
                    .done());
        }
    }

    /**
     * Runs before ArC resolves the injection points. Otherwise the build would sometimes fail there first, with a message that
     * does not say why there is no such bean.
     */
    @BuildStep
    @Produce(SyntheticBeanBuildItem.class)
    void injections(HumePlanBuildItem plan, BeanDiscoveryFinishedBuildItem beans,
            BuildProducer<HumeTokensInjectionBuildItem> found) {
        for (InjectionPointInfo injection : beans.getInjectionPoints()) {
            if (!TOKENS.equals(injection.getType().name()) || AccountBeans.isMock(injection)) {
                continue;
            }
            String account = HumeAnnotations.account(injection);
            if (!plan.tokens()) {
                throw new ConfigurationException(injection.getTargetInfo() + " injects HumeTokens, but this application uses"
                        + " the API key strategy (" + reason(plan, account)
                        + "), which has no access tokens. Set " + AccountName.property(account, "strategy")
                        + "=token and configure " + AccountName.property(account, "secret-key")
                        + ", or remove the injection", Set.of(AccountName.property(account, "strategy")));
            }
            found.produce(new HumeTokensInjectionBuildItem(account, injection.getTargetInfo()));
        }
    }

    private static String reason(HumePlanBuildItem plan, String account) {
        return plan.decisions().getOrDefault(account, plan.decisions().get(HumeAccount.DEFAULT)).reason();
    }
}
