package io.quarkiverse.hume.runtime.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

import jakarta.annotation.Priority;

import io.quarkus.runtime.configuration.ConfigBuilder;
import io.smallrye.config.ConfigSourceInterceptor;
import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.Priorities;
import io.smallrye.config.SmallRyeConfigBuilder;

/**
 * Keys from the files {@code api-key} and {@code secret-key} of an account's {@code secrets-directory}, as a platform mounts a
 * secret. The files are read each time, so keys that are replaced there are seen without a restart.
 * <p>
 * Not a configuration source, which would have to go through the names of all properties at every start to find the
 * directories of the accounts; nearly no application has one.
 */
public class MountedSecrets implements ConfigBuilder {

    @Override
    public SmallRyeConfigBuilder configBuilder(SmallRyeConfigBuilder builder) {
        return builder.withInterceptors(new Interceptor());
    }

    /** Inside of expressions and profiles, as a source is: both look up here what they need. */
    @Priority(Priorities.LIBRARY + 150)
    private static final class Interceptor implements ConfigSourceInterceptor {

        private static final long serialVersionUID = 1L;

        private static final String SOURCE = "Hume secrets directory";
        private static final String LOCATION = "secrets-directory";
        private static final String HUME = "hume.";
        private static final String ACCOUNTS = "hume.accounts.";

        /** Before application.properties (250), so that a mounted key wins over a placeholder; behind the environment (300). */
        private static final int ORDINAL = 290;

        @Override
        public ConfigValue getValue(ConfigSourceInterceptorContext context, String name) {
            ConfigValue configured = context.proceed(name);
            if (!name.startsWith(HUME) || !name.endsWith(".api-key") && !name.endsWith(".secret-key") || wins(configured)) {
                return configured;
            }
            int leaf = name.lastIndexOf('.') + 1;
            String account = name.substring(0, leaf);
            String other = otherSpelling(account);
            if (other != null && wins(context.proceed(other + name.substring(leaf)))) {
                return configured;
            }
            Path directory = directory(context, account);
            directory = directory == null && other != null ? directory(context, other) : directory;
            String key = directory == null ? null : read(directory.resolve(name.substring(leaf)), name);
            return key == null ? configured
                    : ConfigValue.builder().withName(name).withValue(key).withRawValue(key).withConfigSourceName(SOURCE)
                            .withConfigSourceOrdinal(ORDINAL).build();
        }

        private static boolean wins(ConfigValue configured) {
            return configured != null && configured.getConfigSourceOrdinal() > ORDINAL;
        }

        /** @return {@code null} if the account has none under this spelling of its name */
        private static Path directory(ConfigSourceInterceptorContext context, String account) {
            ConfigValue directory = context.restart(account + LOCATION);
            return directory == null || directory.getValue() == null || directory.getValue().isBlank() ? null
                    : Path.of(directory.getValue().trim());
        }

        /**
         * The name of an account may be written with and without quotes.
         *
         * @return {@code null} if there is no name
         */
        private static String otherSpelling(String account) {
            if (!account.startsWith(ACCOUNTS) || account.length() == ACCOUNTS.length()) {
                return null;
            }
            String name = account.substring(ACCOUNTS.length(), account.length() - 1);
            boolean quoted = name.length() > 1 && name.startsWith("\"") && name.endsWith("\"");
            return ACCOUNTS + (quoted ? name.substring(1, name.length() - 1) : "\"" + name + "\"") + ".";
        }

        /** @return {@code null} if there is no such file */
        private static String read(Path file, String name) {
            try {
                return Files.readString(file).strip();
            } catch (NoSuchFileException e) {
                return null;
            } catch (IOException e) {
                throw new UncheckedIOException("The file " + file + ", from which " + name + " is read, cannot be read", e);
            }
        }
    }
}
