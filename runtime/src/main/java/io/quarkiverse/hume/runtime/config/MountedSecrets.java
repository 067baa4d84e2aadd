package io.quarkiverse.hume.runtime.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.eclipse.microprofile.config.spi.ConfigSource;

import io.quarkus.runtime.configuration.ConfigBuilder;
import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.SmallRyeConfigBuilder;

/**
 * Keys from the files {@code api-key} and {@code secret-key} of an account's {@code secrets-directory}, as a platform mounts a
 * secret. The files are read each time, so keys that are replaced there are seen without a restart.
 */
public class MountedSecrets implements ConfigBuilder {

    private static final String LOCATION = "secrets-directory";
    private static final List<String> KEYS = List.of("api-key", "secret-key");

    /** Before application.properties (250), so that a mounted key wins over a placeholder; behind the environment (300). */
    private static final int ORDINAL = 290;

    @Override
    public SmallRyeConfigBuilder configBuilder(SmallRyeConfigBuilder builder) {
        return builder.withSources(new ConfigSourceFactory() {
            @Override
            public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
                return sources(context);
            }
        });
    }

    private static List<ConfigSource> sources(ConfigSourceContext context) {
        Map<String, Path> files = new HashMap<>();
        for (Iterator<String> names = context.iterateNames(); names.hasNext();) {
            String name = names.next();
            if (name.equals("hume." + LOCATION) || name.startsWith("hume.accounts.") && name.endsWith("." + LOCATION)) {
                ConfigValue directory = context.getValue(name);
                if (directory != null && directory.getValue() != null && !directory.getValue().isBlank()) {
                    String prefix = quoted(name.substring(0, name.length() - LOCATION.length()));
                    KEYS.forEach(key -> files.put(prefix + key, Path.of(directory.getValue().trim(), key)));
                }
            }
        }
        return files.isEmpty() ? List.of() : new ArrayList<>(List.of(new Source(files)));
    }

    /** The name of an account may be written with and without quotes; the extension asks with them. */
    private static String quoted(String prefix) {
        String account = prefix.replaceFirst("^hume\\.(accounts\\.)?", "");
        return account.isEmpty() || account.startsWith("\"") ? prefix
                : "hume.accounts.\"" + account.substring(0, account.length() - 1) + "\".";
    }

    private static final class Source implements ConfigSource {

        private final Map<String, Path> files;

        private Source(Map<String, Path> files) {
            this.files = files;
        }

        @Override
        public Set<String> getPropertyNames() {
            Set<String> names = new HashSet<>(files.keySet());
            names.removeIf(name -> getValue(name) == null);
            return names;
        }

        @Override
        public String getValue(String name) {
            Path file = files.get(name);
            if (file == null) {
                return null;
            }
            try {
                return Files.readString(file).strip();
            } catch (NoSuchFileException | NotDirectoryException e) {
                return null;
            } catch (IOException e) {
                throw new UncheckedIOException("The file " + file + ", from which " + name + " is read, cannot be read", e);
            }
        }

        @Override
        public String getName() {
            return "Hume secrets directory";
        }

        @Override
        public int getOrdinal() {
            return ORDINAL;
        }
    }
}
