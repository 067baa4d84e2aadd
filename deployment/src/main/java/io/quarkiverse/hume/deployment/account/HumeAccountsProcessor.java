package io.quarkiverse.hume.deployment.account;

import io.quarkiverse.hume.deployment.HumeFeatureProcessor;
import io.quarkiverse.hume.deployment.message.HumeBuildLog;
import io.quarkiverse.hume.deployment.config.ConfiguredKeys;
import io.quarkiverse.hume.deployment.spi.HumeAccountNamesBuildItem;
import io.quarkiverse.hume.deployment.spi.HumeAccountsStartedBuildItem;
import io.quarkiverse.hume.deployment.spi.HumeEmulatorBuildItem;
import io.quarkiverse.hume.deployment.spi.HumePlanBuildItem;
import io.quarkiverse.hume.deployment.spi.HumeTokensInjectionBuildItem;
import io.quarkiverse.hume.deployment.spi.HumeUsageBuildItem;
import io.quarkiverse.hume.deployment.spi.StrategyDecision;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeCredentialsProvider;
import io.quarkiverse.hume.HumeStrategy;
import io.quarkiverse.hume.HumeTokenSource;
import io.quarkiverse.hume.runtime.keys.MountedSecrets;
import io.quarkiverse.hume.runtime.startup.AccountLifecycle;
import io.quarkiverse.hume.runtime.startup.AccountPlan;
import io.quarkiverse.hume.runtime.startup.HumePlan;
import io.quarkiverse.hume.runtime.startup.HumeRecorder;
import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.arc.deployment.BeanContainerBuildItem;
import io.quarkus.arc.deployment.SyntheticBeansRuntimeInitBuildItem;
import io.quarkus.arc.deployment.UnremovableBeanBuildItem;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.Consume;
import io.quarkus.deployment.annotations.ExecutionTime;
import io.quarkus.deployment.annotations.Produce;
import io.quarkus.deployment.annotations.Record;
import io.quarkus.deployment.builditem.LaunchModeBuildItem;
import io.quarkus.deployment.builditem.RunTimeConfigBuilderBuildItem;
import io.quarkus.deployment.builditem.ServiceStartBuildItem;

/** Decides on strategies, and brings the accounts to life. */
class HumeAccountsProcessor {

    @BuildStep
    HumePlanBuildItem decide(HumeAccountNamesBuildItem accounts, List<HumeUsageBuildItem> usages,
            Optional<HumeEmulatorBuildItem> emulator) {
        ConfiguredKeys keys = ConfiguredKeys.ofBuild();
        Set<String> names = new TreeSet<>(accounts.names());
        names.add(HumeAccount.DEFAULT);
        Map<String, StrategyDecision> decisions = new TreeMap<>();
        for (String name : names) {
            StrategyDecision decision = StrategyDecision.decide(name, keys.strategy(name),
                    keys.isConfigured(name, "api-key"), keys.isConfigured(name, "secret-key"),
                    emulator.isPresent() && emulator.get().accounts().contains(name));
            decisions.put(name, decision);
        }
        boolean tokens = usages.stream().anyMatch(usage -> usage.strategy() == HumeStrategy.TOKEN);
        for (Map.Entry<String, StrategyDecision> decided : decisions.entrySet()) {
            tokens |= decided.getValue().strategy() != HumeStrategy.API_KEY
                    && matters(decided.getKey(), decisions, usages);
        }
        return new HumePlanBuildItem(decisions, tokens);
    }

    /** An undecided default account that has no keys and no users does not bring in what tokens need. */
    private static boolean matters(String account, Map<String, StrategyDecision> decisions,
            List<HumeUsageBuildItem> usages) {
        return !account.equals(HumeAccount.DEFAULT) || decisions.size() == 1
                || decisions.get(account).strategy() == HumeStrategy.TOKEN
                || usages.stream().anyMatch(usage -> usage.account().equals(account));
    }

    @BuildStep
    void beans(BuildProducer<AdditionalBeanBuildItem> beans) {
        beans.produce(AdditionalBeanBuildItem.unremovableOf(AccountLifecycle.class));
        // The container generates literals of a qualifier only from an indexed annotation type.
        beans.produce(new AdditionalBeanBuildItem(HumeAccount.class));
    }

    @BuildStep
    RunTimeConfigBuilderBuildItem mountedSecrets() {
        return new RunTimeConfigBuilderBuildItem(MountedSecrets.class);
    }

    @BuildStep
    UnremovableBeanBuildItem replaceableBeans() {
        return UnremovableBeanBuildItem.beanTypes(HumeCredentialsProvider.class, HumeTokenSource.class);
    }

    @BuildStep
    @Record(ExecutionTime.RUNTIME_INIT)
    @Consume(BeanContainerBuildItem.class)
    @Consume(SyntheticBeansRuntimeInitBuildItem.class)
    @Produce(HumeAccountsStartedBuildItem.class)
    ServiceStartBuildItem start(HumeRecorder recorder, HumePlanBuildItem plan, List<HumeUsageBuildItem> usages,
            List<HumeTokensInjectionBuildItem> injections, LaunchModeBuildItem launchMode) {
        List<AccountPlan> accounts = new ArrayList<>();
        plan.decisions().forEach((name, decision) -> {
            accounts.add(account(name, decision, usages, injections));
            HumeBuildLog.LOG.strategy(name.equals(HumeAccount.DEFAULT) ? "the default account"
                    : "the account \"" + name + "\"", describe(decision.strategy()), decision.reason());
        });
        recorder.start(new HumePlan(accounts, plan.tokens(), launchMode.getLaunchMode().isDevOrTest()));
        return new ServiceStartBuildItem(HumeFeatureProcessor.FEATURE);
    }

    private static AccountPlan account(String name, StrategyDecision decision, List<HumeUsageBuildItem> usages,
            List<HumeTokensInjectionBuildItem> injections) {
        String usedBy = null;
        String tokensUsedBy = null;
        for (HumeUsageBuildItem usage : usages) {
            if (usage.account().equals(name)) {
                usedBy = usage.user();
                tokensUsedBy = usage.strategy() == HumeStrategy.TOKEN ? usage.user() : tokensUsedBy;
            }
        }
        for (HumeTokensInjectionBuildItem injection : injections) {
            if (injection.account().equals(name)) {
                usedBy = injection.user();
                tokensUsedBy = injection.user();
            }
        }
        return new AccountPlan(name, decision.strategy(), decision.reason(), usedBy, tokensUsedBy);
    }

    private static String describe(HumeStrategy strategy) {
        return strategy == HumeStrategy.TOKEN ? "token" : strategy == HumeStrategy.API_KEY ? "api-key" : "auto";
    }
}
