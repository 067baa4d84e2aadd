package io.quarkiverse.hume.deployment.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;
import org.eclipse.microprofile.config.spi.ConfigSource;

import io.quarkiverse.hume.HumeStrategy;
import io.quarkiverse.hume.runtime.config.AccountSpellings;
import io.quarkiverse.hume.runtime.name.AccountName;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.configuration.ConfigUtils;
import io.smallrye.config.ConfigMappings.ConfigClass;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.Expressions;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;

/**
 * The part of the accounts' configuration that is visible at build time. For keys, it shows only whether they are present. All
 * spellings of an account name are the same account, since the configuration of the build has {@link AccountSpellings}.
 */
public final class ConfiguredKeys {

    /** The base URL of an account whose configuration has none. */
    public static final String DEFAULT_BASE_URL = "https://api.hume.ai";

    /** The end of the name of each property whose value is the name of an account. */
    private static final String ACCOUNT = ".account";

    /**
     * The sources with the properties that the tool of the build passes on, which no file contains: those of Maven and Gradle,
     * and the overrides of a test profile.
     */
    private static final Set<String> OF_THE_BUILD_TOOL = Set.of("PropertiesConfigSource[source=Build system]",
            "PropertiesConfigSource[source=Runtime Properties]");

    /** The beginning of the names of the sources for variables of the environment and for the file .env. */
    private static final String ENVIRONMENT = "EnvConfigSource";

    private final Config config;

    public ConfiguredKeys(Config config) {
        this.config = config;
    }

    /**
     * Reads the configuration that a build for production would have, with its profile and its files, even if the current build
     * is for another mode.
     *
     * @param build the configuration of the current build
     */
    static ConfiguredKeys ofProduction(Config build) {
        // The profile is a property of the first source, and not set with withProfile(), which ignores the parents of a profile.
        SmallRyeConfigBuilder production = ConfigUtils.configBuilder().withSources(new PropertiesConfigSource(
                Map.of(SmallRyeConfig.SMALLRYE_CONFIG_PROFILE, LaunchMode.NORMAL.getDefaultProfile()),
                "profile of production", Integer.MAX_VALUE));
        for (ConfigSource source : build.getConfigSources()) {
            if (OF_THE_BUILD_TOOL.contains(source.getName())) {
                production.withSources(source);
            }
        }
        return new ConfiguredKeys(production.build());
    }

    /**
     * Whether the property has a value. An expression counts as a value even if its variable is not set. An empty environment
     * variable does not hide the value of another source, because it shows nothing about the environment of production: a build
     * server, for instance, sets variables to nothing if a build may not see its secrets.
     */
    public boolean isConfigured(String account, String key) {
        ConfigValue value = raw(config, account, key);
        if (!isBlank(value)) {
            return true;
        }
        return value.getRawValue() != null && String.valueOf(value.getSourceName()).startsWith(ENVIRONMENT)
                && !isBlank(raw(withoutEnvironment(), account, key));
    }

    private Config withoutEnvironment() {
        SmallRyeConfig all = config.unwrap(SmallRyeConfig.class);
        SmallRyeConfigBuilder others = new SmallRyeConfigBuilder().addDefaultInterceptors().addDiscoveredInterceptors();
        List<String> profiles = new ArrayList<>(all.getProfiles());
        Collections.reverse(profiles); // The builder expects the one with the highest precedence last.
        profiles.forEach(others::withProfile);
        for (ConfigSource source : all.getConfigSources()) {
            if (!(source instanceof EnvConfigSource)) {
                others.withSources(source);
            }
        }
        return others.build();
    }

    private static boolean isBlank(ConfigValue value) {
        return value.getRawValue() == null || value.getRawValue().isBlank();
    }

    private static ConfigValue raw(Config config, String account, String key) {
        return Expressions.withoutExpansion(() -> config.getConfigValue(AccountName.property(account, key)));
    }

    /** Whether the property has a value now, that is, its expressions can be resolved. */
    public boolean isResolvable(String account, String key) {
        ConfigValue value = config.getConfigValue(AccountName.property(account, key));
        return value.getValue() != null && !value.getValue().isBlank();
    }

    /** The current value of the property; empty if it is not set or its expressions cannot be resolved. */
    public Optional<String> value(String account, String key) {
        return Optional.ofNullable(config.getConfigValue(AccountName.property(account, key)).getValue()).map(String::trim)
                .filter(value -> !value.isEmpty());
    }

    /** @return the value with unresolved expressions; {@code null} if the property is not set */
    public String rawText(String account, String key) {
        return raw(config, account, key).getRawValue();
    }

    public HumeStrategy strategy(String account) {
        return config.getOptionalValue(AccountName.property(account, "strategy"), HumeStrategy.class).orElse(HumeStrategy.AUTO);
    }

    /**
     * The strategy that the configuration of production specifies. The active profile takes precedence if it has a strategy of
     * its own, or if production has none.
     */
    public HumeStrategy strategyBefore(ConfiguredKeys production, String account) {
        HumeStrategy strategy = strategy(account);
        String profile = config.unwrap(SmallRyeConfig.class).getConfigValue(AccountName.property(account, "strategy"))
                .getProfile();
        return strategy != HumeStrategy.AUTO && profile != null || !production.isResolvable(account, "strategy") ? strategy
                : production.strategy(account);
    }

    /** The clients that are authenticated without an annotation: their config keys or the names of their interfaces. */
    public Set<String> restClients(String account) {
        Optional<List<String>> names = config.unwrap(SmallRyeConfig.class)
                .getOptionalValues(AccountName.property(account, "rest-clients"), String.class);
        return new TreeSet<>(names.orElse(List.of()));
    }

    /** The accounts that properties of the build name, such as {@code hume.relay.account}. */
    public Set<String> accountsOfProperties() {
        Set<String> accounts = new TreeSet<>();
        for (String property : ConfigClass.configClass(HumeBuildTimeConfig.class).getProperties().keySet()) {
            if (property.endsWith(ACCOUNT)) {
                config.getOptionalValue(property, String.class).ifPresent(accounts::add);
            }
        }
        return accounts;
    }

    /**
     * The named accounts with at least one property.
     *
     * @param used the names that the application uses, to recognize them in environment variables
     */
    public Set<String> namedAccounts(Set<String> used) {
        return AccountSpellings.configured(config.unwrap(SmallRyeConfig.class), used);
    }

    /**
     * Returns an expression for the base URL of an account. It can always be resolved, because the property has a default
     * value.
     */
    public static String baseUrl(String account) {
        return "${" + AccountName.property(account, "base-url") + ":" + DEFAULT_BASE_URL + "}";
    }
}
