package io.quarkiverse.hume.deployment;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.ConfigValue;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.runtime.config.ConfiguredCredentials;
import io.smallrye.config.Expressions;

/** What the build can see of the keys: whether they are there, not what they are. */
final class ConfiguredKeys {

    private static final Pattern NAMED_ACCOUNT = Pattern.compile("hume\\.accounts\\.(?:\"([^\"]+)\"|([^.\"]+))\\..+");

    private final Config config;

    ConfiguredKeys(Config config) {
        this.config = config;
    }

    /** Those of the build that is running. */
    static ConfiguredKeys ofBuild() {
        return new ConfiguredKeys(ConfigProvider.getConfig());
    }

    /** Whether the property has a value, an expression counting as one even while its variable is not set. */
    boolean isConfigured(String account, String key) {
        ConfigValue value = rawValue(account, key);
        return value != null && value.getRawValue() != null && !value.getRawValue().isBlank();
    }

    /** Whether the property has a value now, that is, its expressions can be resolved. */
    boolean isResolvable(String account, String key) {
        ConfigValue value = config.getConfigValue(ConfiguredCredentials.spelling(config, property(account, key)));
        return value.getValue() != null && !value.getValue().isBlank();
    }

    String rawText(String account, String key) {
        ConfigValue value = rawValue(account, key);
        return value == null ? null : value.getRawValue();
    }

    private ConfigValue rawValue(String account, String key) {
        String property = ConfiguredCredentials.spelling(config, property(account, key));
        return Expressions.withoutExpansion(() -> config.getConfigValue(property));
    }

    /** The named accounts of which any property is set. */
    Set<String> namedAccounts() {
        Set<String> names = new TreeSet<>();
        for (String property : config.getPropertyNames()) {
            Matcher matcher = NAMED_ACCOUNT.matcher(property);
            if (matcher.matches()) {
                names.add(matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
            }
        }
        return names;
    }

    /**
     * An expression for the address of an account's platform. The one in quotes always has a value, if only the default:
     * without
     * them, the property must be there.
     */
    static String baseUrl(String account) {
        String unquoted = "hume.accounts." + account + ".base-url";
        for (String property : ConfigProvider.getConfig().getPropertyNames()) {
            if (property.equals(unquoted)) {
                return "${" + unquoted + "}";
            }
        }
        return "${" + property(account, "base-url") + ":https://api.hume.ai}";
    }

    static String property(String account, String key) {
        return account.equals(HumeAccount.DEFAULT) ? "hume." + key : "hume.accounts.\"" + account + "\"." + key;
    }
}
