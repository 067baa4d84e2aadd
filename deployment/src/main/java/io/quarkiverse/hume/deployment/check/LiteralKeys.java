package io.quarkiverse.hume.deployment.check;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.eclipse.microprofile.config.spi.ConfigSource;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SysPropConfigSource;

/** Finds keys whose values the build puts into the application. */
final class LiteralKeys {

    private static final Pattern KEY = Pattern.compile("(?:%(?<profiles>[^.]+)\\.)?"
            + "(?<property>hume\\.(accounts\\.(\"[^\"]+\"|[^.\"]+)\\.)?(api-key|secret-key|webhook\\.signing-key(\\[\\d+])?))");

    /** An expression without a default or with an empty one, or the encrypted value of a secret key handler. */
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{[^${}:]+(:|::[^${}]*)?}");

    private LiteralKeys() {
    }

    /** Returns the name of the file or other source that contains the value, by property. */
    static Map<String, String> find(SmallRyeConfig config) {
        Map<String, String> found = new TreeMap<>();
        for (ConfigSource source : config.getConfigSources()) {
            if (isRecorded(source)) {
                for (String name : source.getPropertyNames()) {
                    Matcher key = KEY.matcher(name);
                    if (key.matches() && isActive(key.group("profiles"), config.getProfiles())
                            && isLiteral(source.getValue(name))) {
                        found.putIfAbsent(key.group("property"), describe(source.getName()));
                    }
                }
            }
        }
        return found;
    }

    private static boolean isActive(String profiles, List<String> active) {
        return profiles == null || List.of(profiles.split(",")).stream().anyMatch(active::contains);
    }

    /** Whether the value contains anything besides references to other properties. */
    static boolean isLiteral(String raw) {
        String rest = raw == null ? "" : raw;
        for (String before = null; !rest.equals(before);) {
            before = rest;
            rest = REFERENCE.matcher(rest).replaceAll("");
        }
        return !rest.replace(",", "").isBlank();
    }

    /**
     * Whether Quarkus records values of this source in the application. It does not record environment variables, system
     * properties and properties from the build tool.
     */
    private static boolean isRecorded(ConfigSource source) {
        return !(source instanceof EnvConfigSource) && !(source instanceof SysPropConfigSource)
                && !source.getName().equals("PropertiesConfigSource[source=Build system]");
    }

    static String describe(String source) {
        String file = source.replaceFirst("^\\w+\\[source=(.*)]$", "$1");
        return file.substring(file.lastIndexOf('/') + 1);
    }
}
