package io.quarkiverse.hume.runtime.startup;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;

import io.quarkiverse.hume.runtime.keys.KeySource;
import io.quarkiverse.hume.runtime.log.HumeLog;

/** Reports properties whose value differs from the value at build time. The value at build time applies. */
final class BuildTimeProperties {

    private BuildTimeProperties() {
    }

    /** @param built the values at build time by property; a value may be empty */
    static void check(Map<String, String> built, Config config) {
        for (Map.Entry<String, String> fixed : built.entrySet()) {
            String property = fixed.getKey();
            String before = fixed.getValue();
            ConfigValue now = config.getConfigValue(property);
            if (now.getValue() != null && !isSame(now.getValue(), before)) {
                HumeLog.LOG.fixedWhenBuilt(property, now.getValue(), KeySource.describe(property, now.getSourceName()),
                        before.isEmpty() ? "not set" : '"' + before + '"');
            }
        }
    }

    /**
     * Whether two values mean the same. Case and dashes are ignored in the names of strategies, and order and blanks are
     * ignored in lists.
     */
    static boolean isSame(String now, String before) {
        return Arrays.equals(normalized(now), normalized(before));
    }

    private static String[] normalized(String value) {
        return Arrays.stream(value.split(",")).map(part -> part.strip().toLowerCase(Locale.ROOT).replace('_', '-')).sorted()
                .toArray(String[]::new);
    }
}
