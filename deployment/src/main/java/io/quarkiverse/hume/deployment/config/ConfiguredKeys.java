package io.quarkiverse.hume.deployment.config;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.ConfigValue;

import io.quarkiverse.hume.HumeStrategy;
import io.quarkiverse.hume.runtime.config.AccountSpellings;
import io.quarkiverse.hume.runtime.name.AccountName;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.configuration.ConfigUtils;
import io.smallrye.config.ConfigMappings.ConfigClass;
import io.smallrye.config.Expressions;
import io.smallrye.config.SmallRyeConfig;

/**
 * The part of the accounts' configuration that is visible at build time. For keys, it shows only whether they are present. All
 * spellings of an account name are the same account, since the configuration of the build has {@link AccountSpellings}.
 */
public final class ConfiguredKeys {

    /** The base URL of an account whose configuration has none. */
    public static final String DEFAULT_BASE_URL = "https://api.hume.ai";

    /** The end of the name of each property whose value is the name of an account. */
    private static final String ACCOUNT = ".account";

    private final Config config;

    public ConfiguredKeys(Config config) {
        this.config = config;
    }

    /** Reads the configuration of the current build. */
    public static ConfiguredKeys ofBuild() {
        return new ConfiguredKeys(ConfigProvider.getConfig());
    }

    /**
     * Reads the configuration that a build for production would have, with its profile and its files, even if the current build
     * is for another mode.
     */
    public static ConfiguredKeys ofProduction() {
        return new ConfiguredKeys(
                ConfigUtils.configBuilder().withProfile(LaunchMode.NORMAL.getDefaultProfile()).build());
    }

    /** Whether the property has a value. An expression counts as a value even if its variable is not set. */
    public boolean isConfigured(String account, String key) {
        String raw = rawText(account, key);
        return raw != null && !raw.isBlank();
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
        return Expressions.withoutExpansion(() -> config.getConfigValue(AccountName.property(account, key))).getRawValue();
    }

    public HumeStrategy strategy(String account) {
        return config.getOptionalValue(AccountName.property(account, "strategy"), HumeStrategy.class).orElse(HumeStrategy.AUTO);
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
