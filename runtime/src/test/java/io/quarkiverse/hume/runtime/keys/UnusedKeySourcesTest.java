package io.quarkiverse.hume.runtime.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.hume.runtime.keys.UnusedKeySources.Unused;
import io.quarkiverse.hume.runtime.name.SourceName;
import io.quarkus.kubernetes.service.binding.runtime.ServiceBindingConfigSource;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;

/** Which sources of keys are reported as unused, and which are not because this is intended. */
class UnusedKeySourcesTest {

    @TempDir
    Path root;

    private final Map<String, String> properties = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, String> bindings = new HashMap<>();

    private Path directory(String name, String... files) throws IOException {
        Path directory = Files.createDirectories(root.resolve(name));
        for (String file : files) {
            Files.writeString(directory.resolve(file), "mounted-" + file);
        }
        return directory;
    }

    private SmallRyeConfig config() {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder().addDefaultInterceptors().withProfile("prod")
                .withSources(new PropertiesConfigSource(properties, "application.properties", 250))
                .withSources(new ServiceBindingConfigSource(SourceName.SERVICE_BINDING, bindings))
                .withSources(new EnvConfigSource(environment, 300));
        return new MountedSecrets().configBuilder(builder).build();
    }

    private UnusedKeySources sources() {
        return new ConfiguredCredentials(config()).unusedSources("<default>");
    }

    @Test
    void mountedFiles_besideVariables_areUnused() throws IOException {
        Path mounted = directory("mounted", "api-key", "secret-key");
        properties.put("hume.secrets-directory", mounted.toString());
        environment.put("HUME_API_KEY", "k");
        environment.put("HUME_SECRET_KEY", "s");
        assertThat(sources().besideOtherKeys()).contains(new Unused("its keys",
                "the environment variable HUME_API_KEY and the environment variable HUME_SECRET_KEY",
                "the file " + mounted.resolve("api-key") + " (hume.secrets-directory) and the file "
                        + mounted.resolve("secret-key") + " (hume.secrets-directory)"));
        assertThat(sources().uselessDirectory()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({ "HUME_API_KEY, k, api-key, its API key,", "HUME_SECRET_KEY, s, secret-key, its secret key,",
            "HUME_SECRET_KEY, '', secret-key, its secret key, ' (which has no value)'" })
    void oneMountedFile_besideAVariable_isUnused(String variable, String value, String file, String key, String without)
            throws IOException {
        Path mounted = directory("mounted", "api-key", "secret-key");
        properties.put("hume.secrets-directory", mounted.toString());
        environment.put(variable, value);
        assertThat(sources().besideOtherKeys()).contains(new Unused(key,
                "the environment variable " + variable + (without == null ? "" : without),
                "the file " + mounted.resolve(file) + " (hume.secrets-directory)"));
    }

    @Test
    void namedAccount_hasItsOwnSources() throws IOException {
        Path mounted = directory("mounted", "api-key");
        properties.put("hume.accounts.\"cloud\".secrets-directory", mounted.toString());
        environment.put("HUME_ACCOUNTS__CLOUD__API_KEY", "k");
        assertThat(sources().besideOtherKeys()).isEmpty();
        assertThat(new ConfiguredCredentials(config()).unusedSources("cloud").besideOtherKeys()).contains(new Unused(
                "its API key", "the environment variable HUME_ACCOUNTS__CLOUD__API_KEY", "the file "
                        + mounted.resolve("api-key") + " (hume.accounts.\"cloud\".secrets-directory)"));
    }

    @Test
    void placeholder_besideMountedFiles_isIntended() throws IOException {
        properties.put("hume.secrets-directory", directory("mounted", "api-key", "secret-key").toString());
        properties.put("hume.api-key", "placeholder");
        properties.put("hume.secret-key", "${HUME_SECRET_KEY}");
        assertThat(sources().besideOtherKeys()).isEmpty();
        assertThat(sources().uselessDirectory()).isEmpty();
    }

    @Test
    void variable_insteadOfTheApplicationsProperty_isIntended() {
        properties.put("hume.api-key", "${HUME_API_KEY}");
        environment.put("HUME_API_KEY", "k");
        assertThat(sources().besideOtherKeys()).isEmpty();
        assertThat(sources().uselessDirectory()).isEmpty();
    }

    @Test
    void secretKeyOfTheConfiguration_besideAMountedApiKey_isUsed() throws IOException {
        properties.put("hume.secrets-directory", directory("mounted", "api-key").toString());
        environment.put("HUME_SECRET_KEY", "s");
        assertThat(sources().besideOtherKeys()).isEmpty();
        assertThat(sources().uselessDirectory()).isEmpty();
    }

    @Test
    void directoryOfAVariable_insteadOfTheApplications_isIntended() throws IOException {
        properties.put("hume.secrets-directory", directory("other", "api-key").toString());
        environment.put("HUME_SECRETS_DIRECTORY", directory("mounted", "api-key").toString());
        assertThat(sources().besideOtherKeys()).isEmpty();
    }

    @Test
    void serviceBinding_besideTheDirectoryOfAVariable_isUnused() throws IOException {
        Path mounted = directory("mounted", "api-key");
        Path binding = directory("binding", "type", "api-key");
        bindings.put("hume.secrets-directory", binding.toString());
        environment.put("HUME_SECRETS_DIRECTORY", mounted.toString());
        assertThat(sources().besideOtherKeys()).contains(new Unused("its keys",
                "the file " + mounted.resolve("api-key") + " (hume.secrets-directory)", "the service binding in " + binding));
    }

    @Test
    void serviceBinding_besideAVariable_isUnused() throws IOException {
        Path binding = directory("binding", "type", "api-key");
        bindings.put("hume.secrets-directory", binding.toString());
        environment.put("HUME_API_KEY", "k");
        assertThat(sources().besideOtherKeys()).contains(new Unused("its API key", "the environment variable HUME_API_KEY",
                "the file " + binding.resolve("api-key") + " (a service binding)"));
    }

    @ParameterizedTest
    @CsvSource({ "hume.secrets-directory, true", "%prod.hume.secrets-directory, true", "%dev.hume.secrets-directory, false" })
    void mountedDirectory_besideAServiceBinding_isUnused(String property, boolean active) throws IOException {
        Path mounted = directory("mounted", "api-key");
        Path binding = directory("binding", "type", "api-key");
        bindings.put("hume.secrets-directory", binding.toString());
        properties.put(property, mounted.toString());
        assertThat(sources().besideOtherKeys()).isEqualTo(active ? Optional.of(new Unused("its keys",
                "the file " + binding.resolve("api-key") + " (a service binding)",
                "the directory " + mounted + " (hume.secrets-directory)")) : Optional.empty());
    }

    @Test
    void directoryThatIsNotMounted_besideAServiceBinding_isIntended() throws IOException {
        bindings.put("hume.secrets-directory", directory("binding", "type", "api-key").toString());
        properties.put("hume.secrets-directory", root.resolve("nowhere").toString());
        assertThat(sources().besideOtherKeys()).isEmpty();
        assertThat(sources().uselessDirectory()).isEmpty();
    }

    @Test
    void directoryWithoutKeys_isNamed() throws IOException {
        properties.put("hume.api-key", "k");
        properties.put("hume.secrets-directory", root.resolve("nowhere").toString());
        assertThat(sources().uselessDirectory().orElseThrow().fault()).isEqualTo("does not exist");
        assertThat(sources().sources()).contains("application.properties");
        properties.put("hume.secrets-directory", directory("empty").toString());
        assertThat(sources().uselessDirectory().orElseThrow().fault())
                .isEqualTo("has neither the file api-key nor secret-key");
        properties.put("hume.secrets-directory", Files.writeString(root.resolve("file"), "").toString());
        environment.put("HUME_API_KEY", "k");
        environment.put("HUME_SECRET_KEY", "s");
        assertThat(sources().uselessDirectory().orElseThrow().fault())
                .isEqualTo("is not a directory that this application can read");
        assertThat(sources().besideOtherKeys()).isEmpty();
    }

    @Test
    void directoryWithTheExpiryOnly_isUsed() throws IOException {
        properties.put("hume.api-key", "k");
        properties.put("hume.secrets-directory", directory("dates", "api-key-expires-at").toString());
        assertThat(sources().uselessDirectory()).isEmpty();
        assertThat(sources().besideBean()).contains("hume.api-key (application.properties)");
    }

    @Test
    void bean_isUsedInsteadOfEverySource() throws IOException {
        assertThat(sources().besideBean()).isEmpty();
        properties.put("hume.api-key", "${HUME_API_KEY}");
        properties.put("hume.secrets-directory", "${HUME_SECRETS}");
        properties.put("hume.credentials-provider", "${HUME_STORE}");
        assertThat(sources().besideBean()).as("the variables are not set").isEmpty();
        assertThat(sources().uselessDirectory()).isEmpty();
        assertThat(new ConfiguredCredentials(config()).whyMissing("hume.secret-key")).isEqualTo("hume.secret-key is not set");
        environment.put("HUME_SECRET_KEY", "canary");
        assertThat(sources().besideBean()).contains("hume.secret-key (the environment variable HUME_SECRET_KEY)");
        Path mounted = directory("mounted", "api-key");
        properties.put("hume.secrets-directory", mounted.toString());
        properties.put("hume.credentials-provider", "voice");
        assertThat(sources().besideBean()).contains("hume.secret-key (the environment variable HUME_SECRET_KEY) and the"
                + " directory " + mounted + " (hume.secrets-directory) and the credentials provider \"voice\""
                + " (hume.credentials-provider)");
    }

    @Test
    void missingKey_isExplainedByTheDirectory() throws IOException {
        ConfiguredCredentials without = new ConfiguredCredentials(config());
        assertThat(without.whyMissing("hume.api-key")).isEqualTo("hume.api-key is not set");
        Path nowhere = root.resolve("nowhere");
        properties.put("hume.secrets-directory", nowhere.toString());
        assertThat(new ConfiguredCredentials(config()).whyMissing("hume.api-key"))
                .isEqualTo("hume.api-key is not set (hume.secrets-directory is " + nowhere + ", which does not exist)");
        Path mounted = directory("mounted", "api-key");
        properties.put("hume.secrets-directory", mounted.toString());
        properties.put("hume.secret-key", "${HUME_SECRET_KEY}");
        assertThat(new ConfiguredCredentials(config()).whyMissing("hume.secret-key"))
                .isEqualTo(
                        "hume.secret-key refers to ${HUME_SECRET_KEY}, which is not set (hume.secrets-directory is " + mounted
                                + ", which has no file secret-key)");
        Files.writeString(mounted.resolve("api-key"), "\n");
        assertThat(new ConfiguredCredentials(config()).whyMissing("hume.api-key"))
                .isEqualTo("hume.api-key is not set (the file "
                        + mounted.resolve("api-key") + " (hume.secrets-directory) is empty)");
        environment.put("HUME_API_KEY", "");
        assertThat(new ConfiguredCredentials(config()).whyMissing("hume.api-key"))
                .isEqualTo("hume.api-key is not set (the environment variable HUME_API_KEY takes precedence over the file "
                        + mounted.resolve("api-key") + " (hume.secrets-directory))");
    }

    @Test
    void missingKeyOfACall_isExplainedByTheDirectory() {
        Path nowhere = root.resolve("nowhere");
        properties.put("hume.secrets-directory", nowhere.toString());
        assertThat(new ConfiguredCredentials(config()).getCredentials("<default>").onItem().<String> transform(keys -> null)
                .onFailure().recoverWithItem(Throwable::getMessage).await().indefinitely())
                .isEqualTo("hume.api-key is not set (hume.secrets-directory is " + nowhere + ", which does not exist). Set it,"
                        + " or the environment variable HUME_API_KEY, to the API key from the Hume portal");
    }
}
