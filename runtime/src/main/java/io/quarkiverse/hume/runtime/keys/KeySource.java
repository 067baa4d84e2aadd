package io.quarkiverse.hume.runtime.keys;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.quarkiverse.hume.runtime.name.AccountProperty;

/** Describes configuration sources in messages. */
public final class KeySource {

    /**
     * The form of the name that SmallRye Config gives to a file:
     * PropertiesConfigSource[source=file:/.../application.properties].
     */
    private static final Pattern FILE = Pattern.compile("\\w+\\[source=(?:.*[/\\\\])?([^/\\\\]+)]");

    private KeySource() {
    }

    /** @param name the name of the source; {@code null} if no source has the property */
    public static String describe(String property, String name) {
        if (name == null) {
            return "nowhere";
        }
        if (name.equals("EnvConfigSource")) {
            return "the environment variable " + AccountProperty.environmentVariable(property);
        }
        if (name.equals("SysPropConfigSource")) {
            return "the system property " + property;
        }
        return describeSource(name);
    }

    /** Describes a source without reference to a property. */
    public static String describeSource(String name) {
        if (name.equals("EnvConfigSource")) {
            return "the environment";
        }
        Matcher file = FILE.matcher(name);
        return file.matches() ? file.group(1) : name;
    }
}
