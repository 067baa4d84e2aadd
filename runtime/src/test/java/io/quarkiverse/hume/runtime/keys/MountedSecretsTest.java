package io.quarkiverse.hume.runtime.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;

class MountedSecretsTest {

    private static final int APPLICATION_PROPERTIES = 250;
    private static final int ENVIRONMENT = 300;

    @TempDir
    Path directory;

    private final Map<String, String> properties = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();

    @Test
    void files_areTheKeys() throws IOException {
        write("api-key", "mounted-api-key\n");
        write("secret-key", " mounted-secret-key ");
        properties.put("hume.secrets-directory", directory.toString());
        assertThat(config().getValue("hume.api-key", String.class)).isEqualTo("mounted-api-key");
        assertThat(config().getValue("hume.secret-key", String.class)).isEqualTo("mounted-secret-key");
        assertThat(config().getConfigValue("hume.api-key").getSourceName()).isEqualTo("Hume secrets directory");
    }

    @Test
    void replacedFile_isSeenBySameConfiguration() throws IOException {
        write("api-key", "first");
        properties.put("hume.secrets-directory", directory.toString());
        SmallRyeConfig config = config();
        assertThat(config.getValue("hume.api-key", String.class)).isEqualTo("first");
        write("api-key", "second");
        assertThat(config.getValue("hume.api-key", String.class)).isEqualTo("second");
        Files.delete(directory.resolve("api-key"));
        assertThat(config.getOptionalValue("hume.api-key", String.class)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', value = {
            "hume.accounts.cloud.           | hume.accounts.cloud.",
            "hume.accounts.cloud.           | hume.accounts.\"cloud\".",
            "hume.accounts.\"cloud\".       | hume.accounts.cloud.",
            "hume.accounts.\"cloud\".       | hume.accounts.\"cloud\".",
            "hume.accounts.\"eu.cloud\".    | hume.accounts.\"eu.cloud\"." })
    void namedAccount_hasItsOwnDirectoryWithAndWithoutQuotes(String configured, String asked) throws IOException {
        write("api-key", "cloud-api-key");
        properties.put(configured + "secrets-directory", directory.toString());
        assertThat(config().getValue(asked + "api-key", String.class)).isEqualTo("cloud-api-key");
        assertThat(config().getOptionalValue("hume.api-key", String.class)).isEmpty();
        assertThat(config().getOptionalValue("hume.accounts.voice.api-key", String.class)).isEmpty();
    }

    @Test
    void mountedKey_winsOverTheApplicationsAndNotOverTheEnvironment() throws IOException {
        write("api-key", "mounted");
        properties.put("hume.secrets-directory", directory.toString());
        properties.put("hume.api-key", "placeholder");
        properties.put("%prod.hume.api-key", "placeholder of the profile");
        assertThat(config().getValue("hume.api-key", String.class)).isEqualTo("mounted");
        environment.put("hume.api-key", "environment");
        assertThat(config().getValue("hume.api-key", String.class)).isEqualTo("environment");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', value = {
            "hume.accounts.cloud.     | hume.accounts.\"cloud\".",
            "hume.accounts.\"cloud\". | hume.accounts.cloud." })
    void environment_winsUnderEitherSpelling(String configured, String asked) throws IOException {
        write("api-key", "mounted");
        properties.put(asked + "secrets-directory", directory.toString());
        environment.put(configured + "api-key", "environment");
        assertThat(config().getValue(configured + "api-key", String.class)).isEqualTo("environment");
        assertThat(config().getValue(asked + "api-key", String.class)).isEqualTo("environment");
    }

    @Test
    void accountWithoutAName_isRejected() {
        properties.put("hume.accounts.api-key", "forgotten");
        assertThat(config().getValue("hume.accounts.api-key", String.class)).isEqualTo("forgotten");
        assertThat(config().getOptionalValue("hume.accounts.secret-key", String.class)).isEmpty();
    }

    @Test
    void directoryAndKey_workInExpressionsAndProfiles() throws IOException {
        write("api-key", "mounted");
        properties.put("mount.point", directory.toString());
        properties.put("%prod.hume.secrets-directory", "${mount.point}");
        properties.put("proxy.authorization", "key ${hume.api-key}");
        assertThat(config().getValue("proxy.authorization", String.class)).isEqualTo("key mounted");
    }

    @Test
    void noSuchFileOrDirectory_isNoKey() {
        properties.put("hume.secrets-directory", directory.resolve("nowhere").toString());
        properties.put("hume.api-key", "placeholder");
        assertThat(config().getValue("hume.api-key", String.class)).isEqualTo("placeholder");
        assertThat(config().getOptionalValue("hume.secret-key", String.class)).isEmpty();
    }

    @Test
    void unreadableFile_isNamedWithItsPropertyAndTheReason() throws Exception {
        Path file = directory.resolve("api-key");
        properties.put("hume.secrets-directory", directory.toString());
        Files.createDirectory(file);
        assertUnreadable("The file " + file + ", from which hume.api-key is read, cannot be read: it is not a regular file");
        Files.delete(file);
        Files.createSymbolicLink(file, Path.of("/dev/zero"));
        assertUnreadable("not a regular file");
        Files.delete(file);
        Files.writeString(file, "x".repeat(4097));
        assertUnreadable("larger than 4096 bytes");
        Files.write(file, new byte[] { 'k', (byte) 0xff, 'y' });
        assertUnreadable("not text in UTF-8");
        properties.put("hume.secrets-directory", file.toString());
        assertUnreadable("The file " + file.resolve("api-key"));
    }

    /** POSIX systems have mkfifo. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void pipe_isNotRead() throws Exception {
        properties.put("hume.secrets-directory", directory.toString());
        assertThat(new ProcessBuilder("mkfifo", directory.resolve("api-key").toString()).start().waitFor()).isZero();
        assertUnreadable("not a regular file");
    }

    /** Even though another source has the key: a file that cannot be read is a mistake. */
    private void assertUnreadable(String message) {
        properties.put("hume.api-key", "placeholder");
        assertTimeoutPreemptively(Duration.ofSeconds(20),
                () -> assertThatThrownBy(() -> config().getValue("hume.api-key", String.class))
                        .isInstanceOf(UncheckedIOException.class).hasMessageContaining(message)
                        .hasMessageContaining("hume.api-key is read, cannot be read: ").hasMessageNotContaining("xxx"));
    }

    /** Kubernetes: the files are links through ..data, which is replaced as one. */
    @Test
    void linkedFiles_areFollowed() throws IOException {
        for (String version : List.of("..2030_01", "..2030_02")) {
            Files.createDirectory(directory.resolve(version));
            write(version + "/api-key", "key of " + version);
        }
        Files.createSymbolicLink(directory.resolve("..data"), Path.of("..2030_01"));
        Files.createSymbolicLink(directory.resolve("api-key"), Path.of("..data", "api-key"));
        properties.put("hume.secrets-directory", directory.toString());
        SmallRyeConfig config = config();
        assertThat(config.getValue("hume.api-key", String.class)).isEqualTo("key of ..2030_01");
        Files.delete(directory.resolve("..data"));
        Files.createSymbolicLink(directory.resolve("..data"), Path.of("..2030_02"));
        assertThat(config.getValue("hume.api-key", String.class)).isEqualTo("key of ..2030_02");
    }

    @Test
    void otherProperties_areLeftAlone() throws IOException {
        write("api-key", "mounted");
        write("webhook.signing-key", "mounted");
        properties.put("hume.secrets-directory", directory.toString());
        properties.put("hume.base-url", "https://api.hume.ai");
        properties.put("other.api-key", "other");
        assertThat(config().getValue("other.api-key", String.class)).isEqualTo("other");
        assertThat(config().getOptionalValue("hume.webhook.signing-key", String.class)).isEmpty();
        assertThat(config().getValue("hume.base-url", String.class)).isEqualTo("https://api.hume.ai");
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(directory.resolve(file), text);
    }

    private SmallRyeConfig config() {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder().addDefaultInterceptors().addDiscoveredInterceptors()
                .withProfile("prod")
                .withSources(new PropertiesConfigSource(properties, "application.properties", APPLICATION_PROPERTIES))
                .withSources(new PropertiesConfigSource(environment, "environment", ENVIRONMENT));
        return new MountedSecrets().configBuilder(builder).build();
    }
}
