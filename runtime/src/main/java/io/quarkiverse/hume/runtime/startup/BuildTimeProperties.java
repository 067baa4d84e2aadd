package io.quarkiverse.hume.runtime.startup;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;

import io.quarkiverse.hume.runtime.keys.KeySource;
import io.quarkiverse.hume.runtime.log.HumeLog;

/** Reports properties whose value differs from the value at build time. The value at build time applies. */
public final class BuildTimeProperties {

    /** The properties whose values are names that Quarkus reads in any spelling. */
    private static final List<String> NAMES = List.of(".strategy", ".store");

    private BuildTimeProperties() {
    }

    /** @param built the values at build time by property; a value may be empty */
    static void check(Map<String, String> built, Config config) {
        for (Map.Entry<String, String> fixed : built.entrySet()) {
            String property = fixed.getKey();
            String before = fixed.getValue();
            String now = value(property, config);
            if (now != null && !isSame(property, now, before)) {
                ConfigValue found = config.getConfigValue(property);
                String source = found.getValue() != null ? found.getSourceName()
                        : config.getConfigValue(property + "[0]").getSourceName();
                HumeLog.LOG.fixedWhenBuilt(property, now, KeySource.describe(property, source),
                        before.isEmpty() ? "not set" : '"' + before + '"');
            }
        }
    }

    /**
     * Returns the value of a property, or the list of the values with an index, which has precedence only if the property
     * itself
     * has no value; {@code null} if there is none.
     */
    public static String value(String property, Config config) {
        String value = config.getConfigValue(property).getValue();
        String element = config.getConfigValue(property + "[0]").getValue();
        if (value != null || element == null) {
            return value;
        }
        List<String> elements = new ArrayList<>();
        while (element != null) {
            elements.add(element);
            element = config.getConfigValue(property + "[" + elements.size() + "]").getValue();
        }
        return String.join(",", elements);
    }

    /**
     * Whether two values mean the same. Case and dashes are ignored in the names of strategies and stores, and order and blanks
     * are ignored in lists.
     */
    static boolean isSame(String property, String now, String before) {
        if (NAMES.stream().anyMatch(property::endsWith) || isTruthValue(before)) {
            return normalizedName(now).equals(normalizedName(before));
        }
        return Arrays.equals(elements(now), elements(before));
    }

    private static boolean isTruthValue(String value) {
        return "true".equalsIgnoreCase(value) || "false".equalsIgnoreCase(value);
    }

    private static String normalizedName(String value) {
        return value.strip().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String[] elements(String value) {
        return Arrays.stream(value.split(",")).map(String::strip).sorted().toArray(String[]::new);
    }
}
