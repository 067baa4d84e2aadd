package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

/** Open to everyone: warned of, and limited by address. */
class BrowserTokenPublicAccessTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = BrowserTokenUsers.application()
            .overrideConfigKey("hume.browser-token.public-access", "true")
            .overrideConfigKey("hume.browser-token.limit-per-minute", "3")
            .setLogRecordPredicate(record -> record.getLevel().intValue() >= Level.WARNING.intValue()
                    && record.getLoggerName().startsWith("io.quarkiverse.hume"))
            .assertLogRecords(records -> {
                assertThat(records).extracting(record -> record.getLoggerName())
                        .contains("io.quarkiverse.hume.deployment", "io.quarkiverse.hume");
                assertThat(records).extracting(record -> record.getMessage())
                        .filteredOn(message -> message.contains("public-access=true") && message.contains("EVERYONE"))
                        .hasSize(2);
            });

    @Test
    void anonymous_getsATokenAsOftenAsAnAddressMay() {
        assertThat(BrowserCall.anonymous().get("/hume/token").token()).isNotBlank();
        assertThat(BrowserCall.as("alice").get("/hume/token").token()).isNotBlank();
        assertThat(BrowserCall.as("bob").get("/hume/token").token()).isNotBlank();
        assertThat(BrowserCall.anonymous().get("/hume/token").status()).isEqualTo(429);
    }
}
