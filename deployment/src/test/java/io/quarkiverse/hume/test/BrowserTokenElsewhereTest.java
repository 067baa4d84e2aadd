package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeTokens;
import io.quarkiverse.hume.test.BrowserCall.Answer;
import io.quarkus.test.QuarkusUnitTest;

/** The endpoint with another path below a root path, another account, a policy from the configuration, and CORS. */
class BrowserTokenElsewhereTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = BrowserTokenUsers.application()
            .overrideConfigKey("quarkus.http.root-path", "/app")
            .overrideConfigKey("hume.browser-token.path", "/voice/session")
            .overrideConfigKey("hume.browser-token.account", "voice")
            .overrideConfigKey("hume.browser-token.policy", "callers")
            .overrideConfigKey("quarkus.http.auth.policy.callers.roles-allowed", "voice")
            .overrideConfigKey("hume.accounts.\"voice\".strategy", "token")
            .overrideConfigKey("quarkus.http.cors.enabled", "true")
            .overrideConfigKey("quarkus.http.cors.origins", "https://app.example");

    private static final String PATH = "/app/voice/session";

    @Inject
    @HumeAccount("voice")
    HumeTokens voice;
    @Inject
    HumeTokens other;

    @Test
    void token_isTheNamedAccounts() {
        assertThat(BrowserCall.as("alice").get(PATH).token()).isEqualTo(voice.await().value())
                .isNotEqualTo(other.await().value());
    }

    @Test
    void configuredPolicy_decides() {
        assertThat(BrowserCall.as("bob").get(PATH).status()).isEqualTo(403);
        assertThat(BrowserCall.anonymous().get(PATH).status()).isEqualTo(401);
    }

    @Test
    void otherPaths_areNotFound() {
        assertThat(BrowserCall.as("alice").get("/voice/session").status()).isEqualTo(404);
        assertThat(BrowserCall.as("alice").get("/app/hume/token").status()).isEqualTo(404);
    }

    @Test
    void origins_areAllowedAsConfigured() {
        Answer own = BrowserCall.as("alice").header("Origin", "https://app.example").get(PATH);
        assertThat(own.headers().get("Access-Control-Allow-Origin")).isEqualTo("https://app.example");
        Answer preflight = BrowserCall.anonymous().header("Origin", "https://app.example")
                .header("Access-Control-Request-Method", "GET").send("OPTIONS", PATH);
        assertThat(preflight.status()).isEqualTo(200);
        assertThat(preflight.headers().get("Access-Control-Allow-Origin")).isEqualTo("https://app.example");
        Answer foreign = BrowserCall.as("alice").header("Origin", "https://evil.example").get(PATH);
        assertThat(foreign.headers().contains("Access-Control-Allow-Origin")).isFalse();
        assertThat(foreign.body()).doesNotContain("access_token");
    }
}
