package io.quarkiverse.hume.runtime.keys;

import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;

import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;
import org.eclipse.microprofile.config.spi.ConfigSource;

import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.HumeAuthenticationException.Reason;
import io.quarkiverse.hume.HumeCredentials;
import io.quarkiverse.hume.HumeCredentialsProvider;
import io.quarkiverse.hume.runtime.name.AccountName;
import io.quarkiverse.hume.runtime.name.AccountProperty;
import io.quarkiverse.hume.runtime.name.SourceName;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;

/**
 * The default provider. It calls the credential store if the configuration names one. Otherwise it reads the configuration for
 * each call, so that changed values, such as those of a mounted file or a configuration server, are used without a restart.
 */
public class ConfiguredCredentials implements HumeCredentialsProvider {

    /** A value that consists of one expression without a default value. Only such values are quoted in messages. */
    private static final String EXPRESSION = "\\$\\{[A-Za-z0-9_.-]+:?}";

    private final Config config;

    public ConfiguredCredentials(Config config) {
        this.config = config;
    }

    @Override
    public Uni<HumeCredentials> getCredentials(String account) {
        // Everything runs on a worker thread, because any configuration source may read a file or call a server for any
        // property.
        return Uni.createFrom().deferred(() -> keys(account)).runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    private Uni<HumeCredentials> keys(String account) {
        String prefix = AccountName.property(account, "");
        Optional<String> store = setting(prefix + "credentials-provider");
        return store.isEmpty() ? Uni.createFrom().item(read(account))
                : new StoredCredentials(account, prefix, store.get()).read(setting(prefix + "credentials-provider-name"));
    }

    private HumeCredentials read(String account) {
        String prefix = AccountName.property(account, "");
        String apiKey = value(account, prefix + "api-key").orElseThrow(() -> missing(account, prefix + "api-key"));
        Optional<String> secretKey = value(account, prefix + "secret-key");
        return secretKey.isPresent() ? HumeCredentials.of(apiKey, secretKey.get()) : HumeCredentials.ofApiKey(apiKey);
    }

    private Optional<String> setting(String property) {
        return config.getOptionalValue(property, String.class);
    }

    private Optional<String> value(String account, String property) {
        try {
            return setting(property);
        } catch (NoSuchElementException e) {
            // The value is an expression such as ${HUME_API_KEY} whose variable is not set. The message names the property and
            // the variable.
            throw new HumeAuthenticationException(Reason.MISSING_CREDENTIALS, account,
                    property + " refers to something that is not set: " + e.getMessage(), e);
        } catch (UncheckedIOException e) {
            // A mounted file cannot be read. The message names the file, the property and the reason, and contains nothing of
            // the content.
            throw new HumeAuthenticationException(Reason.MISSING_CREDENTIALS, account, e.getMessage(), e);
        }
    }

    /** Finds the sources of the account's keys that the configuration names and that are not used. */
    public UnusedKeySources unusedSources(String account) {
        return new UnusedKeySources(config, account);
    }

    /**
     * The message for a property without a value, which may be an expression whose variable is not set. If the account has a
     * directory for keys, the message also says why the directory does not provide the key.
     */
    public String whyMissing(String property) {
        ConfigValue value = config.getConfigValue(property);
        String raw = value.getRawValue();
        String why = raw == null || raw.isBlank() ? property + " is not set"
                : property + " refers to " + (raw.matches(EXPRESSION) ? raw : "a variable") + ", which is not set";
        why += misspelledVariable(property).map(variable -> " (the environment variable " + variable
                + " is; its name would have to be " + AccountProperty.environmentVariable(property) + ")").orElse("");
        int leaf = property.lastIndexOf('.') + 1;
        return why + SecretsDirectory.of(config, property.substring(0, leaf))
                .map(directory -> " (" + whyNotMounted(directory, property.substring(leaf), property, value) + ")").orElse("");
    }

    /**
     * Finds an environment variable that has no effect, because its name differs from that for the property in its separators.
     * Other names that begin with {@code HUME} may be variables of the application.
     */
    public Optional<String> misspelledVariable(String property) {
        String variable = AccountProperty.environmentVariable(property);
        String letters = letters(variable);
        for (ConfigSource source : config.getConfigSources()) {
            if (source instanceof EnvConfigSource) {
                for (String name : source.getPropertyNames()) {
                    // Of a variable in lower case, the source gives only the name of a property, which is no name to report.
                    if (name.indexOf('.') < 0 && !name.equals(variable) && letters(name).equals(letters)
                            && config.getConfigValue(property).getValue() == null) {
                        return Optional.of(name);
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static String letters(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "").toUpperCase(Locale.ROOT);
    }

    private static String whyNotMounted(SecretsDirectory directory, String file, String property, ConfigValue value) {
        if (directory.fault() != null) {
            return directory.property() + " is " + directory.path() + ", which " + directory.fault();
        }
        if (!directory.has(file)) {
            return directory.property() + " is " + directory.path() + ", which has no file " + file;
        }
        return SourceName.SECRETS_DIRECTORY.equals(value.getSourceName()) ? directory.describe(file) + " is empty"
                : KeySource.describe(property, value.getSourceName()) + " takes precedence over " + directory.describe(file);
    }

    /**
     * The source of a key: the emulator, a credential store, an environment variable, a file and the like. Contains an
     * expression, but never the value.
     */
    public String source(String property) {
        String prefix = property.substring(0, property.lastIndexOf('.') + 1);
        Optional<String> store = setting(prefix + "credentials-provider");
        if (store.isPresent()) {
            return StoredCredentials.describe(prefix, store.get());
        }
        ConfigValue value = config.getConfigValue(property);
        String emulated = config.getConfigValue(EmulatedAccounts.PREFIX + property.substring("hume.".length())).getValue();
        if (emulated != null && emulated.equals(value.getValue())) {
            return "the emulator";
        }
        String raw = value.getRawValue();
        return KeySource.describe(property, value.getSourceName())
                + (raw != null && raw.matches(EXPRESSION) ? ": " + raw : "");
    }

    private HumeAuthenticationException missing(String account, String property) {
        return new HumeAuthenticationException(Reason.MISSING_CREDENTIALS, account, whyMissing(property) + ". Set it, or the"
                + " environment variable " + AccountProperty.environmentVariable(property)
                + ", to the API key from the Hume portal");
    }
}
