package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.logging.Level;
import java.util.logging.LogRecord;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeCredentials;
import io.quarkiverse.hume.HumeCredentialsProvider;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.mutiny.Uni;

/** A bean provides the keys although the configuration has some: the start and the messages about rejected keys name it. */
class KeysOfBeanTest {

    private static final String BEAN = "the HumeCredentialsProvider " + KeysOfBeanTest.class.getName() + "$Keys";

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(VoiceClient.class, Keys.class))
            .setBeforeAllCustomizer(() -> System.setProperty("bean.emulator",
                    io.quarkiverse.hume.emulator.HumeEmulator.start(0, Set.of("<default>")).baseUri().toString()))
            .overrideConfigKey("hume.devservices.enabled", "false")
            .overrideConfigKey("hume.base-url", "${bean.emulator}")
            .overrideConfigKey("hume.strategy", "token")
            .overrideConfigKey("hume.token.acquire-at-startup", "false")
            .overrideConfigKey("hume.api-key", "s3cr3t-key")
            .overrideConfigKey("hume.secret-key", "s3cr3t-secret")
            .overrideConfigKey("hume.accounts.\"mounted\".strategy", "api-key")
            .overrideConfigKey("hume.accounts.\"mounted\".secrets-directory", "no-such-directory")
            .overrideConfigKey("hume.accounts.\"plain\".strategy", "api-key")
            .setLogRecordPredicate(record -> record.getLoggerName().equals("io.quarkiverse.hume")
                    && record.getLevel().intValue() >= Level.WARNING.intValue())
            .assertLogRecords(records -> assertThat(records).extracting(KeysOfBeanTest::text)
                    .filteredOn(text -> text.startsWith("HUME0091") || text.startsWith("HUME0092"))
                    .containsExactlyInAnyOrder(
                            "HUME0091: the default Hume account has its keys from " + BEAN + ", and not from hume.api-key"
                                    + " (application.properties) and hume.secret-key (application.properties). Remove the source"
                                    + " that is not needed, so that it is clear which keys are used",
                            "HUME0091: the Hume account \"mounted\" has its keys from " + BEAN + ", and not from the directory"
                                    + " no-such-directory (hume.accounts.\"mounted\".secrets-directory). Remove the source that"
                                    + " is not needed, so that it is clear which keys are used"));

    private static String text(LogRecord record) {
        return new PatternFormatter("%s").format(ExtLogRecord.wrap(record)).strip();
    }

    @ApplicationScoped
    public static class Keys implements HumeCredentialsProvider {
        @Override
        public Uni<HumeCredentials> getCredentials(String account) {
            return Uni.createFrom().item(HumeCredentials.of("unknown-key", "unknown-secret"));
        }
    }

    @RestClient
    VoiceClient voice;

    @Test
    void rejectedKeys_messageNamesTheBean() {
        assertThatThrownBy(() -> voice.withApiKey())
                .hasMessageContaining("Hume rejected the API key from " + BEAN + ". If further calls are rejected");
        assertThatThrownBy(() -> voice.plain())
                .hasMessageContaining("it does not accept the keys. Check " + BEAN + "; regenerating");
    }
}
