package io.quarkiverse.hume.runtime.keys;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;

import io.quarkiverse.hume.runtime.name.SourceName;

/**
 * The directory with the keys of an account, as messages describe it.
 *
 * @param property the full name of the property {@code secrets-directory} of the account
 * @param ofBinding whether the directory is that of a service binding
 */
public record SecretsDirectory(String property, Path path, boolean ofBinding) {

    static final String LOCATION = "secrets-directory";
    static final String API_KEY = "api-key";
    static final String SECRET_KEY = "secret-key";
    private static final String EXPIRY = "api-key-expires-at";

    /** @param prefix the prefix of the account's properties, with the final dot */
    static Optional<SecretsDirectory> of(Config config, String prefix) {
        String property = prefix + LOCATION;
        ConfigValue value = config.getConfigValue(property);
        // The value is null if it is an expression whose variable is not set.
        return Optional.ofNullable(value.getValue()).filter(text -> !text.isBlank())
                .flatMap(text -> of(property, text, SourceName.SERVICE_BINDING.equals(value.getSourceName())));
    }

    /** @return empty if the text is not a path, which the start of the application reports */
    static Optional<SecretsDirectory> of(String property, String text, boolean ofBinding) {
        try {
            return Optional.of(new SecretsDirectory(property, Path.of(text.trim()), ofBinding));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** Whether the directory may contain the file. A file that cannot be seen is assumed to exist. */
    boolean has(String file) {
        return Files.isDirectory(path) ? !Files.notExists(path.resolve(file)) : Files.exists(path.resolve(file));
    }

    /** Why the directory provides neither key, as a clause after "which"; {@code null} if it may provide one. */
    public String fault() {
        if (Files.isDirectory(path)) {
            return has(API_KEY) || has(SECRET_KEY) ? null : "has neither the file " + API_KEY + " nor " + SECRET_KEY;
        }
        return Files.notExists(path) ? "does not exist" : "is not a directory that this application can read";
    }

    /** Whether it provides nothing at all, neither a key nor the expiry of a key that comes from another source. */
    boolean isUseless() {
        return fault() != null && !has(EXPIRY);
    }

    String describe() {
        return ofBinding ? "the service binding in " + path : "the directory " + path + " (" + property + ")";
    }

    String describe(String file) {
        return "the file " + path.resolve(file) + " (" + (ofBinding ? "a service binding" : property) + ")";
    }
}
