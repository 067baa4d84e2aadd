package io.quarkiverse.hume.runtime.keys;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.OptionalInt;

import io.quarkiverse.hume.runtime.name.SourceName;
import io.quarkus.runtime.configuration.ConfigBuilder;
import io.smallrye.config.ConfigSourceInterceptor;
import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.ConfigSourceInterceptorFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.Priorities;
import io.smallrye.config.SmallRyeConfigBuilder;

/**
 * Reads keys from the files {@code api-key} and {@code secret-key} in an account's {@code secrets-directory}, where a platform
 * mounts a secret, and their expiry from the file {@code api-key-expires-at}. The files are read for each look-up, so replaced
 * keys are used without a restart.
 * <p>
 * This is an interceptor and not a configuration source. A source would have to iterate over the names of all properties at
 * every start to find the directories of the accounts, although few applications have such a directory.
 */
public class MountedSecrets implements ConfigBuilder {

    @Override
    public SmallRyeConfigBuilder configBuilder(SmallRyeConfigBuilder builder) {
        return builder.withInterceptorFactories(new Interceptor());
    }

    /** It is its own factory, so that the priority does not have to be read by reflection at every start. */
    private static final class Interceptor implements ConfigSourceInterceptor, ConfigSourceInterceptorFactory {

        private static final long serialVersionUID = 1L;

        private static final String HUME = "hume.";

        /**
         * Takes precedence over application.properties (250), which may have a placeholder, but not over the environment (300).
         */
        private static final int ORDINAL = 290;

        /** The maximum size of a file. A key has about fifty characters. */
        private static final int MAX_BYTES = 4096;

        @Override
        public ConfigSourceInterceptor getInterceptor(ConfigSourceInterceptorContext context) {
            return this;
        }

        /**
         * The priority places this interceptor between the one for expressions and those for profiles and for the spellings of
         * an account's name.
         */
        @Override
        public OptionalInt getPriority() {
            return OptionalInt.of(Priorities.LIBRARY + 240);
        }

        @Override
        public ConfigValue getValue(ConfigSourceInterceptorContext context, String name) {
            ConfigValue configured = context.proceed(name);
            if (!name.startsWith(HUME) || !isMountable(name)
                    || configured != null && configured.getConfigSourceOrdinal() > ORDINAL) {
                return configured;
            }
            int leaf = name.lastIndexOf('.') + 1;
            ConfigValue directory = context.restart(name.substring(0, leaf) + SecretsDirectory.LOCATION);
            if (directory == null || directory.getValue() == null || directory.getValue().isBlank()) {
                return configured;
            }
            String key = read(Path.of(directory.getValue().trim(), name.substring(leaf)), name);
            return key == null ? configured
                    : ConfigValue.builder().withName(name).withValue(key).withRawValue(key)
                            .withConfigSourceName(SourceName.SECRETS_DIRECTORY)
                            .withConfigSourceOrdinal(ORDINAL).build();
        }

        private static boolean isMountable(String name) {
            return name.endsWith(".api-key") || name.endsWith(".secret-key") || name.endsWith(".api-key-expires-at");
        }

        /** @return {@code null} if there is no such file */
        private static String read(Path file, String name) {
            try {
                // Only regular files are read: a pipe would block the start until something writes to it, and a device such as
                // /dev/zero has no end.
                if (!Files.readAttributes(file, BasicFileAttributes.class).isRegularFile()) {
                    throw new IOException("it is not a regular file");
                }
                try (InputStream content = Files.newInputStream(file)) {
                    byte[] bytes = content.readNBytes(MAX_BYTES + 1);
                    if (bytes.length > MAX_BYTES) {
                        throw new IOException("it is larger than " + MAX_BYTES + " bytes, so it is not a key");
                    }
                    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString().strip();
                }
            } catch (NoSuchFileException e) {
                return null;
            } catch (IOException e) {
                throw new UncheckedIOException("The file " + file + ", from which " + name + " is read, cannot be read: "
                        + reason(e), e);
            }
        }

        private static String reason(IOException failure) {
            return failure instanceof CharacterCodingException ? "it is not text in UTF-8"
                    : failure instanceof AccessDeniedException ? "access is denied"
                            : failure.getMessage();
        }
    }
}
