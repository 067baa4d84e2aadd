package io.quarkiverse.hume.deployment.devservices;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeStrategy;
import io.quarkiverse.hume.deployment.HumeFeatureProcessor;
import io.quarkiverse.hume.deployment.config.ConfiguredKeys;
import io.quarkiverse.hume.deployment.config.HumeBuildTimeConfig;
import io.quarkiverse.hume.deployment.message.HumeBuildLog;
import io.quarkiverse.hume.deployment.spi.HumeAccountNamesBuildItem;
import io.quarkiverse.hume.deployment.spi.HumeEmulatorBuildItem;
import io.quarkiverse.hume.emulator.HumeEmulator;
import io.quarkiverse.hume.emulator.credential.EmulatorKeys;
import io.quarkiverse.hume.runtime.keys.EmulatedAccounts;
import io.quarkiverse.hume.runtime.name.AccountName;
import io.quarkiverse.hume.runtime.name.HumeHost;
import io.quarkus.deployment.IsDevServicesSupportedByLaunchMode;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.CuratedApplicationShutdownBuildItem;
import io.quarkus.deployment.builditem.DevServicesAdditionalConfigBuildItem;
import io.quarkus.deployment.builditem.DevServicesResultBuildItem;
import io.quarkus.deployment.builditem.RunTimeConfigBuilderBuildItem;
import io.quarkus.deployment.builditem.RunTimeConfigurationDefaultBuildItem;
import io.quarkus.deployment.dev.devservices.DevServicesConfig;

/** Starts the emulator for accounts without an API key, and keeps it across live reloads. */
class HumeDevServicesProcessor {

    private static final String HUME = "hume.";

    // Build steps run one application at a time in this class loader; live reload runs them again in the same one.
    private static volatile HumeEmulator running;
    private static volatile int runningOn;

    @BuildStep(onlyIf = { IsDevServicesSupportedByLaunchMode.class, DevServicesConfig.Enabled.class })
    void emulate(HumeBuildTimeConfig settings, HumeAccountNamesBuildItem names, CuratedApplicationShutdownBuildItem shutdown,
            BuildProducer<HumeEmulatorBuildItem> emulated, BuildProducer<RunningEmulatorBuildItem> started,
            BuildProducer<DevServicesResultBuildItem> results,
            BuildProducer<DevServicesAdditionalConfigBuildItem> config,
            BuildProducer<RunTimeConfigBuilderBuildItem> configBuilders,
            BuildProducer<RunTimeConfigurationDefaultBuildItem> defaults) {
        Set<String> accounts = settings.devservices().enabled() ? accountsWithoutKey(names.names()) : Set.of();
        if (accounts.isEmpty()) {
            stop();
            return;
        }
        HumeEmulator emulator = start(settings.devservices().port(), accounts, shutdown);
        Map<String, String> properties = properties(emulator, accounts);
        emulated.produce(new HumeEmulatorBuildItem(emulator.baseUri(), accounts));
        started.produce(new RunningEmulatorBuildItem(emulator));
        results.produce(DevServicesResultBuildItem.discovered().feature(HumeFeatureProcessor.FEATURE)
                .description("Emulator of Hume at " + emulator.baseUri()).config(Map.of()).build());
        // Not as the service's own configuration: that is kept across live reloads, past the day when a key is configured.
        config.produce(new DevServicesAdditionalConfigBuildItem(ignored -> properties));
        configBuilders.produce(new RunTimeConfigBuilderBuildItem(EmulatedAccounts.class));
        properties.forEach((name, value) -> defaults.produce(new RunTimeConfigurationDefaultBuildItem(
                EmulatedAccounts.PREFIX + name.substring(HUME.length()), value)));
    }

    /** The default account and the named ones that the build knows, unless they have a key or a host of their own. */
    private static Set<String> accountsWithoutKey(Set<String> named) {
        ConfiguredKeys keys = ConfiguredKeys.ofBuild();
        Set<String> accounts = new TreeSet<>(named);
        accounts.add(HumeAccount.DEFAULT);
        accounts.removeIf(account -> keys.isResolvable(account, "api-key")
                || keys.isResolvable(account, "secrets-directory")
                || keys.isResolvable(account, "credentials-provider")
                || HumeHost.isElsewhere(keys.rawText(account, "base-url")));
        return accounts;
    }

    private static Map<String, String> properties(HumeEmulator emulator, Set<String> accounts) {
        ConfiguredKeys configured = ConfiguredKeys.ofBuild();
        Map<String, String> properties = new TreeMap<>();
        properties.put("hume.emulator.url", emulator.baseUri().toString());
        for (String account : accounts) {
            EmulatorKeys keys = emulator.keys(account);
            properties.put(AccountName.property(account, "base-url"), emulator.baseUri().toString());
            properties.put(AccountName.property(account, "api-key"), keys.apiKey());
            if (configured.strategy(account) != HumeStrategy.API_KEY) {
                properties.put(AccountName.property(account, "secret-key"), keys.secretKey());
            }
        }
        return properties;
    }

    private static HumeEmulator start(int port, Set<String> accounts, CuratedApplicationShutdownBuildItem shutdown) {
        HumeEmulator emulator = running;
        if (emulator != null && runningOn == port) {
            accounts.forEach(emulator::ensureAccount);
            return emulator;
        }
        stop();
        emulator = HumeEmulator.start(port, accounts);
        running = emulator;
        runningOn = port;
        shutdown.addCloseTask(HumeDevServicesProcessor::stop, true);
        HumeBuildLog.LOG.emulator(accounts, emulator.baseUri());
        return emulator;
    }

    private static void stop() {
        HumeEmulator emulator = running;
        if (emulator != null) {
            running = null;
            emulator.close();
        }
    }
}
