package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.LogRecord;

import jakarta.inject.Inject;

import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeAccounts;
import io.quarkiverse.hume.HumeCredentials;
import io.quarkiverse.hume.HumeCredentialsProvider;
import io.quarkus.test.QuarkusUnitTest;

/** The start names a mounted key that is not used, and is silent about accounts whose sources are as intended. */
class UnusedKeySourcesTest {

    private static final String SHADOWED = "hume.accounts.\"shadowed\".api-key";

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withEmptyApplication()
            .setBeforeAllCustomizer(() -> {
                System.setProperty("unused.keys.directory", directory().toString());
                System.setProperty(SHADOWED, "key-of-the-system-property");
            })
            .setAfterAllCustomizer(() -> System.clearProperty(SHADOWED))
            .overrideConfigKey("hume.api-key", "key-of-the-default-account")
            .overrideConfigKey("hume.accounts.\"shadowed\".secrets-directory", "${unused.keys.directory}")
            .overrideConfigKey("hume.accounts.\"mounted\".secrets-directory", "${unused.keys.directory}")
            .overrideConfigKey("hume.accounts.\"mounted\".api-key", "placeholder")
            .overrideConfigKey("hume.accounts.\"not-mounted-here\".secrets-directory", "${unused.keys.directory}/nowhere")
            .overrideConfigKey("hume.accounts.\"not-mounted-here\".api-key", "key-for-tests")
            .overrideConfigKey("hume.accounts.\"emulated\".secrets-directory", "${unused.keys.directory}/nowhere")
            .overrideConfigKey("hume.accounts.\"emulated\".api-key", "${HUME_KEY_THAT_IS_NOT_SET}")
            .setLogRecordPredicate(record -> record.getLoggerName().equals("io.quarkiverse.hume")
                    && record.getLevel().intValue() >= Level.WARNING.intValue())
            .assertLogRecords(records -> assertThat(records).extracting(UnusedKeySourcesTest::text).singleElement().asString()
                    .matches("HUME0091: the Hume account \"shadowed\" has its API key from the system property"
                            + " hume\\.accounts\\.\"shadowed\"\\.api-key, and not from the file .*api-key"
                            + " \\(hume\\.accounts\\.\"shadowed\"\\.secrets-directory\\)\\. Remove the source that is not"
                            + " needed, so that it is clear which keys are used"));

    private static String text(LogRecord record) {
        return new PatternFormatter("%s").format(ExtLogRecord.wrap(record)).strip();
    }

    private static Path directory() {
        try {
            Path directory = Files.createTempDirectory("unused-keys");
            Files.writeString(directory.resolve("api-key"), "mounted-key\n");
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Inject
    HumeCredentialsProvider provider;
    @Inject
    HumeAccounts accounts;

    @Test
    void keys_areThoseThatTheMessageNames() {
        assertThat(provider.getCredentials("shadowed").await().indefinitely())
                .isEqualTo(HumeCredentials.ofApiKey("key-of-the-system-property"));
        assertThat(provider.getCredentials("mounted").await().indefinitely())
                .isEqualTo(HumeCredentials.ofApiKey("mounted-key"));
        assertThat(accounts.get("emulated").baseUrl().getHost()).isEqualTo("127.0.0.1");
    }
}
