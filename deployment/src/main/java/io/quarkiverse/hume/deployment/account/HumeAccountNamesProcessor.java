package io.quarkiverse.hume.deployment.account;

import io.quarkiverse.hume.deployment.index.ClientIndex;
import io.quarkiverse.hume.deployment.config.HumeBuildTimeConfig;
import io.quarkiverse.hume.deployment.config.ConfiguredKeys;
import io.quarkiverse.hume.deployment.spi.HumeAccountNamesBuildItem;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeAuthenticated;
import io.quarkiverse.hume.HumeWebhook;
import io.quarkiverse.hume.runtime.config.AccountSpellings;
import io.quarkiverse.hume.runtime.name.AccountProperty;
import io.quarkiverse.hume.runtime.startup.HumeRecorder;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.ExecutionTime;
import io.quarkus.deployment.annotations.Record;
import io.quarkus.deployment.builditem.ApplicationArchivesBuildItem;
import io.quarkus.deployment.builditem.RunTimeConfigurationDefaultBuildItem;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigMappings.ConfigClass;

/** Finds the names of all accounts, and passes on what the running application has to know of names and properties. */
class HumeAccountNamesProcessor {

    private static final Map<DotName, String> ACCOUNT_MEMBERS = Map.of(
            DotName.createSimple(HumeAccount.class), "value",
            DotName.createSimple(HumeAuthenticated.class), "account",
            DotName.createSimple(HumeWebhook.class), "account");

    private static final String ANY_ACCOUNT = "hume.accounts.*.";

    @BuildStep
    HumeAccountNamesBuildItem names(HumeBuildTimeConfig config, ApplicationArchivesBuildItem archives) {
        Set<String> used = annotated(ClientIndex.of(archives).index());
        config.browserToken().account().ifPresent(used::add);
        used.remove(HumeAccount.DEFAULT);
        return merge(used, ConfiguredKeys.ofBuild());
    }

    private static Set<String> annotated(IndexView index) {
        Set<String> names = new TreeSet<>();
        ACCOUNT_MEMBERS.forEach((annotation, member) -> {
            for (AnnotationInstance use : index.getAnnotations(annotation)) {
                if (use.value(member) != null) {
                    names.add(use.value(member).asString());
                }
            }
        });
        return names;
    }

    /** @throws ConfigurationException if names cannot be told apart in environment variables, or cannot be written at all */
    static HumeAccountNamesBuildItem merge(Set<String> used, ConfiguredKeys keys) {
        Set<String> configured = keys.namedAccounts(used);
        Set<String> names = new TreeSet<>(used);
        names.addAll(configured);
        Set<String> violations = new TreeSet<>();
        AccountProperty.indistinguishable(names)
                .forEach((name, other) -> violations.add(AccountProperty.describeClash(name, other)));
        for (String name : names) {
            if (name.isBlank() || !name.equals(name.strip()) || name.contains("\"")) {
                violations
                        .add("The name of the Hume account \"" + name + "\" cannot be written in a configuration. Use letters,"
                                + " digits, dashes and dots");
            }
        }
        if (!violations.isEmpty()) {
            throw new ConfigurationException(String.join("\n", violations),
                    names.stream().map(name -> ConfiguredKeys.property(name, "api-key")).collect(Collectors.toSet()));
        }
        return new HumeAccountNamesBuildItem(names, configured);
    }

    /** So that the environment can have all properties of an account whose name it cannot write. */
    @BuildStep
    void passOn(HumeAccountNamesBuildItem accounts, BuildProducer<RunTimeConfigurationDefaultBuildItem> defaults) {
        accounts.names().forEach(name -> defaults.produce(
                new RunTimeConfigurationDefaultBuildItem(AccountSpellings.KNOWN + name, "true")));
    }

    @BuildStep
    @Record(ExecutionTime.RUNTIME_INIT)
    void fixedProperties(HumeRecorder recorder, HumeAccountNamesBuildItem accounts) {
        recorder.checkBuildTimeProperties(fixedProperties(ConfigProvider.getConfig(), accounts.names()));
    }

    /** All properties that are fixed when the application is built, with what they are. None of them is a secret. */
    static Map<String, String> fixedProperties(Config config, Set<String> accounts) {
        Map<String, String> fixed = new TreeMap<>();
        ConfigClass.configClass(HumeBuildTimeConfig.class).getProperties().forEach((name, defaultValue) -> {
            if (name.endsWith("[*]")) {
                return;
            }
            List<String> properties = name.startsWith(ANY_ACCOUNT)
                    ? accounts.stream().map(account -> ConfiguredKeys.property(account, name.substring(ANY_ACCOUNT.length())))
                            .toList()
                    : List.of(name);
            for (String property : properties) {
                String value = config.getConfigValue(property).getValue();
                fixed.put(property, value != null ? value : defaultValue != null ? defaultValue : "");
            }
        });
        return fixed;
    }
}
