package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.test.BrowserCall.Answer;
import io.quarkus.test.QuarkusUnitTest;

/** The start warns of CORS settings that let every page read a user's token. */
class BrowserTokenCrossOriginTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = BrowserTokenUsers.application()
            .overrideConfigKey("quarkus.http.cors.enabled", "true")
            .overrideConfigKey("quarkus.http.cors.origins", "/https?:.*/")
            .setLogRecordPredicate(record -> record.getLoggerName().equals("io.quarkiverse.hume")
                    && record.getMessage().startsWith("HUME0056"))
            .assertLogRecords(records -> assertThat(records).hasSize(1));

    @Test
    void anyOrigin_mayReadTheToken() {
        Answer answer = BrowserCall.as("alice").header("Origin", "https://evil.example").get("/hume/token");
        assertThat(answer.headers().get("Access-Control-Allow-Origin")).isEqualTo("https://evil.example");
        assertThat(answer.headers().get("Access-Control-Allow-Credentials")).isEqualTo("true");
        assertThat(answer.token()).isNotBlank();
    }
}
