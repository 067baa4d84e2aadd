package io.quarkiverse.hume.runtime.keys;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;
import org.eclipse.microprofile.config.spi.ConfigSource;

import io.quarkiverse.hume.runtime.name.AccountName;
import io.quarkiverse.hume.runtime.name.AccountProperty;
import io.quarkiverse.hume.runtime.name.SourceName;
import io.smallrye.config.SmallRyeConfig;

/**
 * Finds sources of an account's keys that the configuration names and that are not used, because another source provides the
 * keys.
 * <p>
 * A property that overrides the same property in a source with a lower ordinal is not reported: this is what configuration
 * sources are for. A key in {@code application.properties} that a mounted file replaces is not reported either, because it is
 * documented as a placeholder.
 */
public final class UnusedKeySources {

    private static final List<String> KEYS = List.of(SecretsDirectory.API_KEY, SecretsDirectory.SECRET_KEY);

    private final Config config;
    private final String prefix;
    private final Optional<SecretsDirectory> directory;

    UnusedKeySources(Config config, String account) {
        this.config = config;
        this.prefix = AccountName.property(account, "");
        this.directory = SecretsDirectory.of(config, prefix);
    }

    /**
     * A source that is not used.
     *
     * @param keys the keys that come from another source, such as "its API key"
     * @param used the source of these keys
     * @param unused the source that is not used
     */
    public record Unused(String keys, String used, String unused) {
    }

    /** The sources in the configuration if a bean of the application provides the keys, as a noun phrase. */
    public Optional<String> besideBean() {
        List<String> unused = new ArrayList<>();
        for (String key : KEYS) {
            ConfigValue value = value(key);
            if (isSet(value) && !isMounted(value)) {
                unused.add(prefix + key + " (" + KeySource.describe(prefix + key, value.getSourceName()) + ")");
            }
        }
        directory.filter(named -> named.fault() == null || named.isUseless()).ifPresent(named -> unused.add(named.describe()));
        ConfigValue store = value("credentials-provider");
        if (isSet(store)) {
            unused.add(StoredCredentials.describe(prefix, store.getValue()));
        }
        return unused.isEmpty() ? Optional.empty() : Optional.of(String.join(" and ", unused));
    }

    /** The mounted files and the service bindings of an account whose keys come from another place in the configuration. */
    public Optional<Unused> besideOtherKeys() {
        if (directory.isEmpty()) {
            return Optional.empty();
        }
        SecretsDirectory effective = directory.get();
        List<String> replaced = KEYS.stream().filter(key -> effective.has(key) && !isMounted(value(key))).toList();
        List<String> unused = new ArrayList<>();
        replaced.forEach(key -> unused.add(effective.describe(key)));
        List<String> others = otherDirectories(effective);
        unused.addAll(others);
        if (unused.isEmpty()) {
            return Optional.empty();
        }
        String keys = !others.isEmpty() || replaced.size() > 1 ? "its keys"
                : replaced.contains(SecretsDirectory.API_KEY) ? "its API key" : "its secret key";
        return Optional.of(new Unused(keys, sources(others.isEmpty() ? replaced : KEYS), String.join(" and ", unused)));
    }

    /** The directory of the account if it provides nothing. */
    public Optional<SecretsDirectory> uselessDirectory() {
        return directory.filter(SecretsDirectory::isUseless);
    }

    /** Where the keys of the configuration come from, as a noun phrase; empty if there are none. */
    public Optional<String> sources() {
        String sources = sources(KEYS);
        return sources.isEmpty() ? Optional.empty() : Optional.of(sources);
    }

    private String sources(List<String> keys) {
        Set<String> sources = new LinkedHashSet<>();
        for (String key : keys) {
            ConfigValue value = value(key);
            if (isMounted(value)) {
                sources.add(directory.orElseThrow().describe(key));
            } else if (isSet(value)) {
                sources.add(KeySource.describe(prefix + key, value.getSourceName()));
            } else if (directory.filter(effective -> effective.has(key)).isPresent()) {
                // An empty variable takes precedence over the file as well.
                sources.add(KeySource.describe(prefix + key, value.getSourceName()) + " (which has no value)");
            }
        }
        return String.join(" and ", sources);
    }

    /**
     * The directories that another source names and that contain a key, if a service binding is used or is not used. Other
     * directories are ordinary values that a source with a higher ordinal overrides.
     */
    private List<String> otherDirectories(SecretsDirectory effective) {
        Map<String, SecretsDirectory> found = new LinkedHashMap<>();
        for (ConfigSource source : config.getConfigSources()) {
            boolean ofBinding = SourceName.SERVICE_BINDING.equals(source.getName());
            if (ofBinding == effective.ofBinding()) {
                continue;
            }
            for (String name : spellings(effective.property())) {
                String text = source.getValue(name);
                if (text != null && !text.isBlank() && !text.contains("${")) {
                    SecretsDirectory.of(effective.property(), text, ofBinding)
                            .filter(other -> !other.path().equals(effective.path()) && other.fault() == null)
                            .ifPresent(other -> found.putIfAbsent(other.path().toString(), other));
                }
            }
        }
        return found.values().stream().map(SecretsDirectory::describe).toList();
    }

    private List<String> spellings(String property) {
        AccountProperty named = AccountProperty.parse(property);
        List<String> names = new ArrayList<>();
        for (String name : named == null ? List.of(property) : List.of(named.quoted(), named.plain())) {
            names.add(name);
            config.unwrap(SmallRyeConfig.class).getProfiles().forEach(profile -> names.add("%" + profile + "." + name));
        }
        return names;
    }

    private ConfigValue value(String key) {
        return config.getConfigValue(prefix + key);
    }

    private static boolean isMounted(ConfigValue value) {
        return SourceName.SECRETS_DIRECTORY.equals(value.getSourceName());
    }

    /** Whether there is a value, and not an expression whose variable is not set. */
    private static boolean isSet(ConfigValue value) {
        return value.getValue() != null && !value.getValue().isBlank()
                && !(value instanceof io.smallrye.config.ConfigValue found && found.hasProblems());
    }
}
