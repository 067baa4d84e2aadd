package io.quarkiverse.hume.deployment.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.deployment.config.HumeBuildTimeConfig;
import io.quarkiverse.hume.deployment.config.HumeBuildTimeConfig.SharedStateStore;
import io.quarkiverse.hume.runtime.name.AccountName;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.Expressions;
import io.smallrye.config.SmallRyeConfig;

/**
 * Finds optional properties of the build that are set, but have no value: blank ones, and those with a variable that is not set
 * where the application is built. Quarkus treats them as absent, so the setting would be ignored, and an endpoint would
 * admit more users than intended.
 */
final class PropertiesWithoutValue {

    private final SmallRyeConfig config;
    private final Set<String> names;
    private final List<String> violations = new ArrayList<>();

    private PropertiesWithoutValue(SmallRyeConfig config) {
        this.config = config;
        this.names = new TreeSet<>();
        config.getPropertyNames().forEach(names::add);
    }

    /** @return a sentence for each such property */
    static List<String> violations(SmallRyeConfig config, HumeBuildTimeConfig build, Set<String> accounts) {
        PropertiesWithoutValue properties = new PropertiesWithoutValue(config);
        if (build.browserToken().enabled()) {
            properties.endpoint("hume.browser-token.");
        }
        if (build.relay().enabled()) {
            properties.endpoint("hume.relay.");
        }
        if (build.sharedState().store() == SharedStateStore.REDIS) {
            properties.check("hume.shared-state.client-name", "the default Redis client would be used");
        }
        Set<String> all = new TreeSet<>(accounts);
        all.add(HumeAccount.DEFAULT);
        all.forEach(account -> properties.check(AccountName.property(account, "rest-clients"),
                "it would authenticate no client"));
        return properties.violations;
    }

    private void endpoint(String prefix) {
        check(prefix + "account", "the default account would be used");
        check(prefix + "roles-allowed", "users without these roles would have access");
        check(prefix + "policy", "every signed-in user would have access");
    }

    private void check(String property, String consequence) {
        List<String> elements = names.stream().filter(name -> name.startsWith(property + "[")).toList();
        if (hasNoValue(property) || elements.stream().anyMatch(this::hasNoValue)) {
            violations.add(property + " is set, but has no value where the application is built" + variable(property)
                    + ". It would be ignored, and " + consequence + ". Give it a value there, or remove it");
        }
    }

    /** A blank value for a profile is a decision: it removes the value that the other profiles have. */
    private boolean hasNoValue(String property) {
        ConfigValue raw = raw(property);
        if (raw.getRawValue() == null || raw.getRawValue().isBlank() && raw.getProfile() != null) {
            return false;
        }
        String value = config.getConfigValue(property).getValue();
        return value == null || value.replace(',', ' ').isBlank();
    }

    /** The expression that has no value, which contains names of variables only. */
    private String variable(String property) {
        String raw = raw(property).getRawValue();
        return raw != null && raw.contains("${") ? " (" + raw + ")" : "";
    }

    private ConfigValue raw(String property) {
        return Expressions.withoutExpansion(() -> config.getConfigValue(property));
    }
}
