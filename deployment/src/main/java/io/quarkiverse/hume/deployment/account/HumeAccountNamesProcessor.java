package io.quarkiverse.hume.deployment.account;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.deployment.config.ConfiguredKeysBuildItem;
import io.quarkiverse.hume.deployment.config.HumeBuildTimeConfig;
import io.quarkiverse.hume.deployment.index.ClientIndex;
import io.quarkiverse.hume.deployment.index.HumeAnnotations;
import io.quarkiverse.hume.deployment.spi.HumeAccountNamesBuildItem;
import io.quarkiverse.hume.deployment.spi.HumePlanBuildItem;
import io.quarkiverse.hume.runtime.config.AccountSpellings;
import io.quarkiverse.hume.runtime.name.AccountName;
import io.quarkiverse.hume.runtime.startup.BuildTimeProperties;
import io.quarkiverse.hume.runtime.startup.HumeRecorder;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.ExecutionTime;
import io.quarkus.deployment.annotations.Record;
import io.quarkus.deployment.builditem.ApplicationArchivesBuildItem;
import io.quarkus.deployment.builditem.RunTimeConfigurationDefaultBuildItem;
import io.smallrye.config.ConfigMappings.ConfigClass;

/** Finds the names of all accounts, and records the names and properties that the running application needs. */
class HumeAccountNamesProcessor {

    private static final String ANY_ACCOUNT = "hume.accounts.*.";

    @BuildStep
    HumeAccountNamesBuildItem names(ApplicationArchivesBuildItem archives, ConfiguredKeysBuildItem keys) {
        // Code may name an account that only the configuration of production has.
        return AccountNames.merge(HumeAnnotations.accounts(ClientIndex.of(archives).index()), keys.current(),
                keys.production());
    }

    /**
     * Passes the names of all accounts to the running application, including those that only another extension uses, so that
     * environment variables can set the properties of accounts whose names cannot be derived from the names of the variables.
     */
    @BuildStep
    void passOn(HumePlanBuildItem plan, BuildProducer<RunTimeConfigurationDefaultBuildItem> defaults) {
        named(plan).forEach(name -> defaults.produce(
                new RunTimeConfigurationDefaultBuildItem(AccountSpellings.KNOWN + name, "true")));
    }

    @BuildStep
    @Record(ExecutionTime.RUNTIME_INIT)
    void fixedProperties(HumeRecorder recorder, HumePlanBuildItem plan) {
        recorder.checkBuildTimeProperties(fixedProperties(ConfigProvider.getConfig(), named(plan)));
    }

    private static Set<String> named(HumePlanBuildItem plan) {
        Set<String> names = new TreeSet<>(plan.decisions().keySet());
        names.remove(HumeAccount.DEFAULT);
        return names;
    }

    /**
     * Returns all properties that are fixed when the application is built, with their values, except those of the Dev Service,
     * which a packaged application does not use. None of them is a secret.
     */
    static Map<String, String> fixedProperties(Config config, Set<String> accounts) {
        Map<String, String> fixed = new TreeMap<>();
        ConfigClass.configClass(HumeBuildTimeConfig.class).getProperties().forEach((name, defaultValue) -> {
            if (name.endsWith("[*]") || name.startsWith("hume.devservices.")) {
                return;
            }
            List<String> properties = name.startsWith(ANY_ACCOUNT)
                    ? accounts.stream().map(account -> AccountName.property(account, name.substring(ANY_ACCOUNT.length())))
                            .toList()
                    : List.of(name);
            for (String property : properties) {
                String value = BuildTimeProperties.value(property, config);
                fixed.put(property, value != null ? value : defaultValue != null ? defaultValue : "");
            }
        });
        return fixed;
    }
}
