package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.test.BrowserCall.Answer;
import io.quarkus.test.QuarkusUnitTest;

/** The start warns of CORS settings that let every page read a user's token and use the relay as that user. */
class BrowserTokenCrossOriginTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = BrowserTokenUsers.application()
            .overrideConfigKey("hume.relay.enabled", "true")
            .overrideConfigKey("hume.relay.allow", "GET /v0/evi/configs")
            .overrideConfigKey("quarkus.http.cors.enabled", "true")
            .overrideConfigKey("quarkus.http.cors.origins", "/https?:.*/")
            .setLogRecordPredicate(record -> record.getLoggerName().equals("io.quarkiverse.hume")
                    && record.getMessage().matches("(?s)HUME00(56|71).*"))
            .assertLogRecords(records -> assertThat(records).extracting(record -> record.getMessage().substring(0, 8))
                    .containsExactlyInAnyOrder("HUME0056", "HUME0071"));

    @Test
    void anyOrigin_mayReadTheToken() {
        Answer answer = BrowserCall.as("alice").header("Origin", "https://evil.example").get("/hume/token");
        assertThat(answer.headers().get("Access-Control-Allow-Origin")).isEqualTo("https://evil.example");
        assertThat(answer.headers().get("Access-Control-Allow-Credentials")).isEqualTo("true");
        assertThat(answer.token()).isNotBlank();
    }

    @Test
    void anyOrigin_mayUseTheRelay() {
        Answer answer = BrowserCall.as("alice").header("Origin", "https://evil.example").get("/hume/relay/v0/evi/configs");
        assertThat(answer.headers().get("Access-Control-Allow-Origin")).isEqualTo("https://evil.example");
        assertThat(answer.status()).isEqualTo(200);
    }
}
