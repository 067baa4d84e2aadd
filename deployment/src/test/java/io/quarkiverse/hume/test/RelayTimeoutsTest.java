package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

/** The start warns if the HTTP server closes connections before the relay does. */
class RelayTimeoutsTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = BrowserTokenUsers.application()
            .overrideConfigKey("hume.relay.enabled", "true")
            .overrideConfigKey("hume.relay.allow", "GET /v0/evi/configs,WS /v0/evi/chat")
            .overrideConfigKey("hume.relay.timeout", "2M")
            .overrideConfigKey("hume.relay.socket-idle-timeout", "90S")
            .overrideConfigKey("quarkus.http.idle-timeout", "90S")
            // Shorter than the relay's time, so it is no violation.
            .overrideConfigKey("hume.rate-limit.requests-per-minute", "100")
            .overrideConfigKey("hume.rate-limit.max-wait", "119S")
            .setLogRecordPredicate(record -> record.getMessage().startsWith("HUME0097"))
            .assertLogRecords(records -> assertThat(records).extracting(record -> record.getParameters()[0])
                    .containsExactlyInAnyOrder("hume.relay.timeout", "hume.relay.socket-idle-timeout"));

    @Test
    void relay_works() {
        assertThat(BrowserCall.as("alice").get("/hume/relay/v0/evi/configs").status()).isEqualTo(200);
    }
}
