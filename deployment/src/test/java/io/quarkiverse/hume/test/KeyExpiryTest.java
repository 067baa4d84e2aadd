package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Level;
import java.util.logging.LogRecord;

import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeAccounts;
import io.quarkiverse.hume.HumeEvent;
import io.quarkus.test.QuarkusUnitTest;

/** The expiry of keys from properties and files, in the log, the status and the events. */
class KeyExpiryTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClass(Observer.class))
            .setBeforeAllCustomizer(() -> System.setProperty("key.directory", directory().toString()))
            .overrideConfigKey("hume.api-key", "key-of-the-default-account")
            .overrideConfigKey("hume.api-key-expires-at", "2020-02-29")
            .overrideConfigKey("hume.accounts.mounted.secrets-directory", "${key.directory}")
            .overrideConfigKey("hume.accounts.mounted.key-expiry-warning", "100D")
            .overrideConfigKey("hume.accounts.later.api-key", "key-of-later")
            .overrideConfigKey("hume.accounts.later.api-key-expires-at", "2099-12-31T12:00:00Z")
            .overrideConfigKey("hume.accounts.emulated.api-key", "${HUME_KEY_THAT_IS_NOT_SET}")
            .overrideConfigKey("hume.accounts.emulated.api-key-expires-at", "2020-01-01")
            .setLogRecordPredicate(record -> record.getLoggerName().equals("io.quarkiverse.hume")
                    && record.getLevel().intValue() >= Level.WARNING.intValue())
            .assertLogRecords(records -> assertThat(records).extracting(KeyExpiryTest::text)
                    .anyMatch(text -> text
                            .contains("HUME0086: The API key of the default Hume account has expired at 2020-02-29"))
                    .anyMatch(text -> text.matches("HUME0085: The API key of the Hume account \"mounted\" expires at .*, in 89"
                            + " days\\. .*\\(hume\\.accounts\\.\"mounted\"\\.api-key\\), with the new date in"
                            + " hume\\.accounts\\.\"mounted\"\\.api-key-expires-at"))
                    .noneMatch(text -> text.contains("\"later\"") || text.contains("\"emulated\"")));

    private static String text(LogRecord record) {
        return new PatternFormatter("%s").format(ExtLogRecord.wrap(record)).strip();
    }

    @Singleton
    public static class Observer {

        static final List<HumeEvent.ApiKeyExpiring> EVENTS = new CopyOnWriteArrayList<>();

        void observe(@ObservesAsync HumeEvent.ApiKeyExpiring event) {
            EVENTS.add(event);
        }
    }

    @Inject
    HumeAccounts accounts;

    private static Path directory() {
        try {
            Path directory = Files.createTempDirectory("keys");
            Files.writeString(directory.resolve("api-key"), "key-of-mounted\n");
            Files.writeString(directory.resolve("api-key-expires-at"), Instant.now().plusSeconds(90 * 86_400) + "\n");
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void keysThatExpire_areReported() {
        await().until(() -> Observer.EVENTS.size() == 2);
        assertThat(Observer.EVENTS).extracting(HumeEvent::account).containsExactlyInAnyOrder("<default>", "mounted");
        assertThat(Observer.EVENTS).contains(
                new HumeEvent.ApiKeyExpiring("<default>", Instant.parse("2020-02-29T00:00:00Z")));
    }

    @Test
    void status_hasTheDate() {
        assertThat(accounts.get("<default>").apiKeyExpiresAt()).contains(Instant.parse("2020-02-29T00:00:00Z"));
        assertThat(accounts.get("later").apiKeyExpiresAt()).contains(Instant.parse("2099-12-31T12:00:00Z"));
        assertThat(accounts.get("mounted").apiKeyExpiresAt().orElseThrow()).isAfter(Instant.now());
        assertThat(accounts.get("emulated").apiKeyExpiresAt()).as("the key is the emulator's").isEmpty();
    }
}
