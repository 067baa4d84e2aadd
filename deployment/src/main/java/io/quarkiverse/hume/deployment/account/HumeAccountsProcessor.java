package io.quarkiverse.hume.deployment.account;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.jboss.jandex.DotName;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeCredentialsProvider;
import io.quarkiverse.hume.HumeStrategy;
import io.quarkiverse.hume.HumeTokenSource;
import io.quarkiverse.hume.HumeTokens;
import io.quarkiverse.hume.HumeWebSockets;
import io.quarkiverse.hume.deployment.HumeFeatureProcessor;
import io.quarkiverse.hume.deployment.config.ConfiguredKeysBuildItem;
import io.quarkiverse.hume.deployment.index.HumeAnnotations;
import io.quarkiverse.hume.deployment.message.HumeBuildLog;
import io.quarkiverse.hume.deployment.spi.HumeAccountInjectionBuildItem;
import io.quarkiverse.hume.deployment.spi.HumeAccountNamesBuildItem;
import io.quarkiverse.hume.deployment.spi.HumeAccountsStartedBuildItem;
import io.quarkiverse.hume.deployment.spi.HumeEmulatorBuildItem;
import io.quarkiverse.hume.deployment.spi.HumePlanBuildItem;
import io.quarkiverse.hume.deployment.spi.HumeTokensInjectionBuildItem;
import io.quarkiverse.hume.deployment.spi.HumeUsageBuildItem;
import io.quarkiverse.hume.deployment.spi.StrategyDecision;
import io.quarkiverse.hume.runtime.keys.MountedSecrets;
import io.quarkiverse.hume.runtime.name.StrategyName;
import io.quarkiverse.hume.runtime.startup.AccountLifecycle;
import io.quarkiverse.hume.runtime.startup.AccountPlan;
import io.quarkiverse.hume.runtime.startup.HumePlan;
import io.quarkiverse.hume.runtime.startup.HumeRecorder;
import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.arc.deployment.BeanContainerBuildItem;
import io.quarkus.arc.deployment.BeanDiscoveryFinishedBuildItem;
import io.quarkus.arc.deployment.SyntheticBeansRuntimeInitBuildItem;
import io.quarkus.arc.deployment.UnremovableBeanBuildItem;
import io.quarkus.arc.processor.DotNames;
import io.quarkus.arc.processor.InjectionPointInfo;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.Consume;
import io.quarkus.deployment.annotations.ExecutionTime;
import io.quarkus.deployment.annotations.Produce;
import io.quarkus.deployment.annotations.Record;
import io.quarkus.deployment.builditem.LaunchModeBuildItem;
import io.quarkus.deployment.builditem.RunTimeConfigBuilderBuildItem;
import io.quarkus.deployment.builditem.ServiceStartBuildItem;
import io.quarkus.runtime.LaunchMode;

/** Decides on the strategies of the accounts, and starts the accounts. */
class HumeAccountsProcessor {

    private static final DotName WEB_SOCKETS = DotName.createSimple(HumeWebSockets.class);
    private static final DotName TOKENS = DotName.createSimple(HumeTokens.class);

    @BuildStep
    HumePlanBuildItem decide(HumeAccountNamesBuildItem accounts, List<HumeUsageBuildItem> usages,
            Optional<HumeEmulatorBuildItem> emulator, ConfiguredKeysBuildItem keys, LaunchModeBuildItem launchMode) {
        AccountStrategies strategies = new AccountStrategies(keys.current(), keys.production(), launchMode.getLaunchMode());
        Set<String> names = new TreeSet<>(accounts.names());
        names.add(HumeAccount.DEFAULT);
        usages.forEach(usage -> names.add(usage.account())); // Only other extensions use accounts that are not known yet.
        Map<String, StrategyDecision> decisions = new TreeMap<>();
        for (String name : names) {
            decisions.put(name, emulator.isPresent() && emulator.get().accounts().contains(name)
                    ? emulator.get().account(name).decision()
                    : strategies.decide(name));
        }
        AccountUsers users = new AccountUsers(usages, List.of());
        boolean tokens = !users.tokenUsers().isEmpty();
        for (Map.Entry<String, StrategyDecision> decided : decisions.entrySet()) {
            tokens |= decided.getValue().strategy() != HumeStrategy.API_KEY
                    && matters(decided.getKey(), decisions, users);
        }
        return new HumePlanBuildItem(decisions, tokens);
    }

    /**
     * Whether the account determines if the application needs access tokens. A default account without a decision, keys and
     * users does not.
     */
    private static boolean matters(String account, Map<String, StrategyDecision> decisions, AccountUsers users) {
        return !account.equals(HumeAccount.DEFAULT) || decisions.size() == 1
                || decisions.get(account).strategy() == HumeStrategy.TOKEN
                || users.users().containsKey(account);
    }

    @BuildStep
    void beans(BuildProducer<AdditionalBeanBuildItem> beans) {
        beans.produce(AdditionalBeanBuildItem.unremovableOf(AccountLifecycle.class));
        // The qualifier has to be indexed, because the container generates literals only for indexed annotation types.
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

    /**
     * Finds the injection points that use an account, besides those that inject its tokens. An {@code Instance} is no use,
     * because the application may check whether it can be resolved. Which account a look-up with {@code @Any} selects is not
     * known.
     */
    @BuildStep
    void injections(BeanDiscoveryFinishedBuildItem beans, BuildProducer<HumeAccountInjectionBuildItem> found) {
        for (InjectionPointInfo injection : beans.getInjectionPoints()) {
            DotName type = injection.getRequiredType().name();
            boolean optional = injection.getType().name().equals(DotNames.INSTANCE);
            boolean uses = type.equals(WEB_SOCKETS) || type.equals(TOKENS) && injection.isProgrammaticLookup();
            boolean known = injection.getRequiredQualifier(HumeAnnotations.ACCOUNT) != null
                    || injection.getRequiredQualifier(DotNames.ANY) == null;
            if (uses && !optional && known && !AccountBeans.isMock(injection)) {
                found.produce(new HumeAccountInjectionBuildItem(HumeAnnotations.account(injection),
                        injection.getTargetInfo()));
            }
        }
    }

    @BuildStep
    @Record(ExecutionTime.RUNTIME_INIT)
    @Consume(BeanContainerBuildItem.class)
    @Consume(SyntheticBeansRuntimeInitBuildItem.class)
    @Produce(HumeAccountsStartedBuildItem.class)
    ServiceStartBuildItem start(HumeRecorder recorder, HumePlanBuildItem plan, List<HumeUsageBuildItem> usages,
            List<HumeTokensInjectionBuildItem> tokens, List<HumeAccountInjectionBuildItem> injections,
            Optional<HumeEmulatorBuildItem> emulator, ConfiguredKeysBuildItem keys, LaunchModeBuildItem launchMode) {
        AccountUsers users = new AccountUsers(usages, tokens, injections);
        AccountStrategies strategies = new AccountStrategies(keys.current(), keys.production(), launchMode.getLaunchMode());
        List<AccountPlan> accounts = new ArrayList<>();
        plan.decisions().forEach((name, decision) -> {
            boolean revisable = emulator.isPresent() && emulator.get().accounts().contains(name)
                    ? !emulator.get().account(name).fixed()
                    : strategies.isRevisable(name);
            accounts.add(new AccountPlan(name, decision.strategy(), decision.reason(), users.users().get(name),
                    users.tokenUsers().get(name), revisable));
            HumeBuildLog.LOG.strategy(name.equals(HumeAccount.DEFAULT) ? "the default account"
                    : "the account \"" + name + "\"", StrategyName.of(decision.strategy()), decision.reason());
        });
        recorder.start(new HumePlan(accounts, plan.tokens(), launchMode.getLaunchMode().isDevOrTest(),
                launchMode.getLaunchMode() == LaunchMode.TEST));
        return new ServiceStartBuildItem(HumeFeatureProcessor.FEATURE);
    }
}
