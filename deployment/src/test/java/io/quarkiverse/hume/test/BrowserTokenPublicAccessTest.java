package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

/** Public access to tokens and to the relay: a warning is logged, and the rate limits apply to each address. */
class BrowserTokenPublicAccessTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = BrowserTokenUsers.application(RawHandshake.class)
            .overrideConfigKey("hume.browser-token.public-access", "true")
            .overrideConfigKey("hume.browser-token.limit-per-minute", "3")
            .overrideConfigKey("quarkus.http.cors.enabled", "true")
            .overrideConfigKey("quarkus.http.cors.origins", "*")
            .overrideConfigKey("hume.relay.enabled", "true")
            .overrideConfigKey("hume.relay.public-access", "true")
            .overrideConfigKey("hume.relay.allow", "GET /v0/evi/configs,WS /v0/evi/chat")
            .overrideConfigKey("hume.relay.requests-per-minute", "3")
            .overrideConfigKey("quarkus.http.proxy.proxy-address-forwarding", "true")
            .overrideConfigKey("quarkus.http.proxy.allow-x-forwarded", "true")
            .setLogRecordPredicate(record -> record.getLevel().intValue() >= Level.WARNING.intValue()
                    && record.getLoggerName().startsWith("io.quarkiverse.hume"))
            .assertLogRecords(records -> {
                assertThat(records).extracting(record -> record.getLoggerName())
                        .contains("io.quarkiverse.hume.deployment", "io.quarkiverse.hume");
                assertThat(records).extracting(record -> record.getMessage())
                        .filteredOn(message -> message.contains("hume.browser-token.public-access=true")
                                && message.contains("EVERYONE"))
                        .hasSize(2);
                assertThat(records).extracting(record -> record.getMessage())
                        .filteredOn(message -> message.contains("quarkus.http.cors.origins"))
                        .singleElement().asString().startsWith("HUME0096");
                assertThat(records).extracting(record -> record.getMessage())
                        .filteredOn(message -> message.contains("hume.relay.public-access=true")
                                && message.contains("EVERYONE"))
                        .extracting(message -> message.substring(0, 8)).containsExactlyInAnyOrder("HUME0160", "HUME0070");
            });

    @Test
    void anonymous_isLimitedByAddress() {
        assertThat(BrowserCall.anonymous().get("/hume/token").token()).isNotBlank();
        assertThat(BrowserCall.as("alice").get("/hume/token").token()).isNotBlank();
        assertThat(BrowserCall.as("bob").get("/hume/token").token()).isNotBlank();
        assertThat(BrowserCall.anonymous().get("/hume/token").status()).isEqualTo(429);
    }

    @Test
    void addressesOfOneNetwork_countAsOne() {
        for (int host = 1; host <= 3; host++) {
            assertThat(from("2001:db8:1:2::" + host)).isEqualTo(200);
        }
        assertThat(from("2001:db8:1:2:ffff::1")).isEqualTo(429);
        assertThat(from("2001:db8:1:3::1")).isEqualTo(200);
        for (int call = 1; call <= 3; call++) {
            assertThat(from(call % 2 == 0 ? "::ffff:192.0.2.7" : "192.0.2.7")).isEqualTo(200);
        }
        assertThat(from("::ffff:192.0.2.7")).isEqualTo(429);
        assertThat(from("192.0.2.8")).isEqualTo(200);
    }

    /** The limit applies to each address, and signed-in users have none of their own. */
    @Test
    void relay_isPublic_andLimitsAddresses() {
        assertThat(relayed(BrowserCall.anonymous(), "198.51.100.1")).isEqualTo(200);
        assertThat(relayed(BrowserCall.as("alice"), "198.51.100.1")).isEqualTo(200);
        assertThat(RawHandshake.status(RawHandshake.head("/hume/relay/v0/evi/chat", "X-Forwarded-For: 198.51.100.1")))
                .isEqualTo(101);
        assertThat(RawHandshake.status(RawHandshake.head("/hume/relay/v0/evi/chat", "X-Forwarded-For: 198.51.100.1")))
                .isEqualTo(429);
        assertThat(relayed(BrowserCall.as("bob"), "198.51.100.1")).isEqualTo(429);
        assertThat(relayed(BrowserCall.anonymous(), "198.51.100.2")).isEqualTo(200);
        assertThat(relayed(BrowserCall.anonymous().header("Origin", "https://evil.example"), "198.51.100.3")).isEqualTo(403);
    }

    private static int relayed(BrowserCall call, String address) {
        return call.header("X-Forwarded-For", address).get("/hume/relay/v0/evi/configs").status();
    }

    private static int from(String address) {
        return BrowserCall.anonymous().header("X-Forwarded-For", address).get("/hume/token").status();
    }
}
