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

    /** The ends of the properties whose values are constants, which Quarkus reads in any spelling. */
    private static final List<String> CONSTANTS = List.of(".strategy", ".shared-state");

    private BuildTimeProperties() {
    }

    /** @param built the values at build time by property; a value may be empty */
    static void check(Map<String, String> built, Config config) {
        for (Map.Entry<String, String> fixed : built.entrySet()) {
            String property = fixed.getKey();
            String before = fixed.getValue();
            String now = value(property, config);
            if (now != null && !isSame(property, now, before)) {
                HumeLog.LOG.fixedWhenBuilt(property, now, KeySource.describe(property, source(property, config)),
                        before.isEmpty() ? "not set" : '"' + before + '"');
            }
        }
    }

    /** Returns the value of a property, or the list of the values with an index; {@code null} if there is none. */
    public static String value(String property, Config config) {
        ConfigValue value = config.getConfigValue(property);
        ConfigValue first = config.getConfigValue(property + "[0]");
        if (!precedes(first, value)) {
            return value.getValue();
        }
        List<String> elements = new ArrayList<>();
        for (String element = first.getValue(); element != null; element = config
                .getConfigValue(property + "[" + elements.size() + "]").getValue()) {
            elements.add(element);
        }
        return String.join(",", elements);
    }

    private static String source(String property, Config config) {
        ConfigValue value = config.getConfigValue(property);
        ConfigValue first = config.getConfigValue(property + "[0]");
        return (precedes(first, value) ? first : value).getSourceName();
    }

    /** Whether the values with an index apply. They do unless the property itself comes from a source of higher precedence. */
    private static boolean precedes(ConfigValue first, ConfigValue value) {
        return first.getValue() != null
                && (value.getValue() == null || first.getSourceOrdinal() >= value.getSourceOrdinal());
    }

    /**
     * Whether two values mean the same. Case and dashes are ignored in constants, such as strategies, and order and blanks
     * are ignored in lists.
     */
    static boolean isSame(String property, String now, String before) {
        if (CONSTANTS.stream().anyMatch(property::endsWith) || isTruthValue(before)) {
            return normalizedConstant(now).equals(normalizedConstant(before));
        }
        return Arrays.equals(elements(now), elements(before));
    }

    private static boolean isTruthValue(String value) {
        return "true".equalsIgnoreCase(value) || "false".equalsIgnoreCase(value);
    }

    private static String normalizedConstant(String value) {
        return value.strip().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String[] elements(String value) {
        return Arrays.stream(value.split(",")).map(String::strip).sorted().toArray(String[]::new);
    }
}
