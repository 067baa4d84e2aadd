package io.quarkiverse.hume.runtime.config;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How to speak of where configuration comes from. */
public final class KeySource {

    /** What SmallRye Config calls a source that is a file: PropertiesConfigSource[source=file:/.../application.properties]. */
    private static final Pattern FILE = Pattern.compile("\\w+\\[source=(?:.*[/\\\\])?([^/\\\\]+)]");

    private KeySource() {
    }

    /** The name under which the environment has a property: MicroProfile Config, "Environment Variables Mapping Rules". */
    public static String environmentVariable(String property) {
        return property.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    /** @param name of the source; {@code null} if nothing has the property */
    public static String describe(String property, String name) {
        if (name == null) {
            return "nowhere";
        }
        if (name.equals("EnvConfigSource")) {
            return "the environment variable " + environmentVariable(property);
        }
        if (name.equals("SysPropConfigSource")) {
            return "the system property " + property;
        }
        return describeSource(name);
    }

    /** A source without a property. */
    public static String describeSource(String name) {
        if (name.equals("EnvConfigSource")) {
            return "the environment";
        }
        Matcher file = FILE.matcher(name);
        return file.matches() ? file.group(1) : name;
    }
}
