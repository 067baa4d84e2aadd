package io.quarkiverse.hume.deployment.devservices;

import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.jandex.IndexView;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeStrategy;
import io.quarkiverse.hume.deployment.HumeFeatureProcessor;
import io.quarkiverse.hume.deployment.config.ConfiguredKeys;
import io.quarkiverse.hume.deployment.config.ConfiguredKeysBuildItem;
import io.quarkiverse.hume.deployment.config.HumeBuildTimeConfig;
import io.quarkiverse.hume.deployment.index.ClientIndex;
import io.quarkiverse.hume.deployment.index.KeyBeans;
import io.quarkiverse.hume.deployment.message.HumeBuildLog;
import io.quarkiverse.hume.deployment.spi.EmulatedAccount;
import io.quarkiverse.hume.deployment.spi.HumeAccountNamesBuildItem;
import io.quarkiverse.hume.deployment.spi.HumeEmulatorBuildItem;
import io.quarkiverse.hume.deployment.spi.HumeUsageBuildItem;
import io.quarkiverse.hume.emulator.EmulatorKeys;
import io.quarkiverse.hume.emulator.HumeEmulator;
import io.quarkiverse.hume.runtime.keys.EmulatedAccounts;
import io.quarkiverse.hume.runtime.name.AccountName;
import io.quarkiverse.hume.runtime.name.AccountProperty;
import io.quarkiverse.hume.runtime.name.HumeHost;
import io.quarkus.arc.deployment.AutoAddScopeBuildItem;
import io.quarkus.arc.deployment.BeanDefiningAnnotationBuildItem;
import io.quarkus.arc.deployment.BuildExclusionsBuildItem;
import io.quarkus.arc.deployment.CustomScopeAnnotationsBuildItem;
import io.quarkus.deployment.IsDevServicesSupportedByLaunchMode;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.ApplicationArchivesBuildItem;
import io.quarkus.deployment.builditem.CuratedApplicationShutdownBuildItem;
import io.quarkus.deployment.builditem.DevServicesAdditionalConfigBuildItem;
import io.quarkus.deployment.builditem.DevServicesResultBuildItem;
import io.quarkus.deployment.builditem.RunTimeConfigBuilderBuildItem;
import io.quarkus.deployment.builditem.RunTimeConfigurationDefaultBuildItem;
import io.quarkus.deployment.dev.devservices.DevServicesConfig;

/** Starts the emulator for accounts whose API key is missing, and keeps it across live reloads. */
class HumeDevServicesProcessor {

    private static final String HUME = "hume.";
    private static final String STORE = "credentials-provider";

    // Applications are built one after the other in this class loader, so these fields need no lock. A live reload uses the
    // same class loader and finds their values.
    private static volatile HumeEmulator running;
    private static volatile int runningOn;

    @BuildStep(onlyIf = { IsDevServicesSupportedByLaunchMode.class, DevServicesConfig.Enabled.class })
    void emulate(HumeBuildTimeConfig settings, HumeAccountNamesBuildItem names, List<HumeUsageBuildItem> usages,
            ApplicationArchivesBuildItem archives, List<BeanDefiningAnnotationBuildItem> beanDefining,
            List<AutoAddScopeBuildItem> addedScopes, CustomScopeAnnotationsBuildItem customScopes,
            BuildExclusionsBuildItem exclusions, ConfiguredKeysBuildItem keys,
            CuratedApplicationShutdownBuildItem shutdown,
            BuildProducer<HumeEmulatorBuildItem> emulated, BuildProducer<RunningEmulatorBuildItem> started,
            BuildProducer<DevServicesResultBuildItem> results,
            BuildProducer<DevServicesAdditionalConfigBuildItem> config,
            BuildProducer<RunTimeConfigBuilderBuildItem> configBuilders,
            BuildProducer<RunTimeConfigurationDefaultBuildItem> defaults) {
        IndexView index = ClientIndex.of(archives).index();
        Map<String, EmulatedAccount> accounts = settings.devservices().enabled().orElse(true)
                ? accounts(settings, names.names(), usages, keys,
                        new KeyBeans(index, type -> customScopes.isScopeDeclaredOn(type)
                                || beanDefining.stream().anyMatch(bean -> type.hasDeclaredAnnotation(bean.getName()))
                                || addedScopes.stream().anyMatch(added -> added.test(type, type.annotations(), index)),
                                exclusions, ConfigProvider.getConfig()))
                : Map.of();
        if (accounts.isEmpty()) {
            stop();
            return;
        }
        HumeEmulator emulator = start(settings.devservices().port(), accounts.keySet(), shutdown);
        Map<String, String> properties = properties(emulator, accounts, keys);
        emulated.produce(new HumeEmulatorBuildItem(emulator.baseUri(), accounts));
        started.produce(new RunningEmulatorBuildItem(emulator));
        results.produce(DevServicesResultBuildItem.discovered().feature(HumeFeatureProcessor.FEATURE)
                .description("Emulator of Hume at " + emulator.baseUri()).config(Map.of()).build());
        // Not with config(): Quarkus keeps it across live reloads, so it would still apply after a key was configured.
        config.produce(new DevServicesAdditionalConfigBuildItem(others -> withoutThoseOf(others, properties)));
        configBuilders.produce(new RunTimeConfigBuilderBuildItem(EmulatedAccounts.class));
        properties.forEach((name, value) -> defaults.produce(new RunTimeConfigurationDefaultBuildItem(
                EmulatedAccounts.PREFIX + name.substring(HUME.length()), value)));
    }

    /**
     * Returns the emulated accounts: the default account and the named accounts that the build knows, except those with an API
     * key or with a base URL of another host.
     */
    private static Map<String, EmulatedAccount> accounts(HumeBuildTimeConfig settings, Set<String> named,
            List<HumeUsageBuildItem> usages, ConfiguredKeysBuildItem configured, KeyBeans beans) {
        ConfiguredKeys keys = configured.current();
        Set<String> names = new TreeSet<>(named);
        names.add(HumeAccount.DEFAULT);
        usages.forEach(usage -> names.add(usage.account()));
        names.removeIf(account -> keys.isResolvable(account, "api-key") || hasMountedKey(keys, account)
                || HumeHost.isElsewhere(keys.value(account, "base-url").orElse(null)));
        if (settings.devservices().enabled().isEmpty()) {
            leaveThoseWithOtherKeys(names, keys, beans);
        }
        if (names.isEmpty()) {
            return Map.of();
        }
        Map<String, EmulatedAccount> accounts = new TreeMap<>();
        names.forEach(name -> accounts.put(name, MentionedKeys.emulated(name, keys, configured.production(), usages.stream()
                .anyMatch(usage -> usage.account().equals(name) && usage.strategy() == HumeStrategy.TOKEN))));
        return accounts;
    }

    /**
     * Removes accounts whose keys come from a bean or a credential store, unless the user enables the emulator explicitly. Such
     * keys may be real, and the emulator must not receive them otherwise.
     */
    private static void leaveThoseWithOtherKeys(Set<String> accounts, ConfiguredKeys keys, KeyBeans beans) {
        Set<String> found = accounts.isEmpty() ? Set.of() : beans.find();
        for (String account : Set.copyOf(accounts)) {
            String origin = !found.isEmpty() ? String.join(" and ", found)
                    : keys.isConfigured(account, STORE) ? AccountName.property(account, STORE) : null;
            if (origin != null) {
                accounts.remove(account);
                HumeBuildLog.LOG.notEmulated(AccountName.describe(account), origin);
            }
        }
    }

    private static boolean hasMountedKey(ConfiguredKeys keys, String account) {
        try {
            return keys.value(account, "secrets-directory").filter(directory -> Files.exists(Path.of(directory, "api-key")))
                    .isPresent();
        } catch (InvalidPathException e) {
            return true; // The start of the application fails with a message that names the property.
        }
    }

    private static Map<String, String> properties(HumeEmulator emulator, Map<String, EmulatedAccount> accounts,
            ConfiguredKeysBuildItem keys) {
        Map<String, String> properties = new TreeMap<>();
        properties.put("hume.emulator.url", emulator.baseUri().toString());
        accounts.forEach((account, settings) -> {
            EmulatorKeys emulated = emulator.keys(account);
            properties.put(AccountName.property(account, "base-url"), emulator.baseUri().toString());
            properties.put(AccountName.property(account, "api-key"), emulated.apiKey());
            if (settings.secretKey()) {
                properties.put(AccountName.property(account, "secret-key"), emulated.secretKey());
            }
            for (String store : List.of(STORE, STORE + "-name")) {
                // A packaged application under test has the configuration of production, and takes these properties over.
                if (keys.isMentioned(account, store)) {
                    properties.put(AccountName.property(account, store), "");
                }
            }
        });
        return properties;
    }

    /**
     * Removes the accounts whose key another Dev Service provides, and all single properties that another Dev Service provides.
     */
    private static Map<String, String> withoutThoseOf(Map<String, String> others, Map<String, String> properties) {
        Set<String> provided = new TreeSet<>();
        others.keySet().forEach(name -> provided.add(canonical(name)));
        Map<String, String> remaining = new TreeMap<>(properties);
        remaining.keySet().removeIf(name -> provided.contains(name)
                || provided.contains(name.substring(0, name.lastIndexOf('.') + 1) + "api-key"));
        return remaining;
    }

    private static String canonical(String property) {
        AccountProperty named = AccountProperty.parse(property);
        return named == null ? property : named.quoted();
    }

    private static HumeEmulator start(int port, Set<String> accounts, CuratedApplicationShutdownBuildItem shutdown) {
        HumeEmulator emulator = running;
        if (emulator != null && runningOn == port) {
            accounts.forEach(emulator::ensureAccount);
            return emulator;
        }
        stop();
        emulator = startAnywhere(port, accounts);
        running = emulator;
        runningOn = port;
        shutdown.addCloseTask(HumeDevServicesProcessor::stop, true);
        HumeBuildLog.LOG.emulator(accounts, emulator.baseUri());
        return emulator;
    }

    /**
     * Starts the emulator on another port if the fixed one is in use, for instance by the emulator of another test profile, of
     * dev mode or of another build.
     */
    private static HumeEmulator startAnywhere(int port, Set<String> accounts) {
        try {
            return HumeEmulator.start(port, accounts);
        } catch (IllegalStateException e) {
            if (port == 0 || !(e.getCause() instanceof BindException)) {
                throw e;
            }
            HumeEmulator emulator = HumeEmulator.start(0, accounts);
            HumeBuildLog.LOG.emulatorOnAnotherPort(emulator.baseUri(), port, e.getCause().getMessage());
            return emulator;
        }
    }

    private static void stop() {
        HumeEmulator emulator = running;
        if (emulator != null) {
            running = null;
            emulator.close();
        }
    }
}
