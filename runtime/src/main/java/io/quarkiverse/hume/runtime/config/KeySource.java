package io.quarkiverse.hume.runtime.config;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How to speak of a configuration source. */
final class KeySource {

    /** What SmallRye Config calls a source that is a file: PropertiesConfigSource[source=file:/.../application.properties]. */
    private static final Pattern FILE = Pattern.compile("\\w+\\[source=(?:.*[/\\\\])?([^/\\\\]+)]");

    private KeySource() {
    }

    /** @param name of the source; {@code null} if nothing has the property */
    static String describe(String property, String name) {
        if (name == null) {
            return "nowhere";
        }
        if (name.equals("EnvConfigSource")) {
            return "the environment variable " + property.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
        }
        if (name.equals("SysPropConfigSource")) {
            return "the system property " + property;
        }
        Matcher file = FILE.matcher(name);
        return file.matches() ? file.group(1) : name;
    }
}
