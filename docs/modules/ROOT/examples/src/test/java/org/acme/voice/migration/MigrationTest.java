package org.acme.voice.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;

import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.inject.Inject;

import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.junit.jupiter.api.Test;

import io.quarkiverse.hume.test.ConnectHumeEmulator;
import io.quarkiverse.hume.test.HumeEmulator;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;

/** What the page on migration says of before and after. */
@QuarkusTest
@TestProfile(MigrationTest.Profile.class)
class MigrationTest {

    private static final String API_KEY = "emulator-api-key-default-1";
    private static final String SECRET_KEY = "emulator-secret-key-default-1";

    public static class Profile implements QuarkusTestProfile {

        @Override
        public String getConfigProfile() {
            return "migration";
        }

        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> config = new HashMap<>();
            String emulator = "${hume.emulator.url}";
            config.put("voice.url", emulator);
            config.put("quarkus.rest-client.hand-written.url", emulator);
            config.put("quarkus.rest-client.oidc.url", emulator);
            config.put("quarkus.oidc-client.auth-server-url", emulator);
            config.put("voice.api-key", API_KEY);
            config.put("voice.secret-key", SECRET_KEY);
            config.put("quarkus.oidc-client.client-id", API_KEY);
            config.put("quarkus.oidc-client.credentials.secret", SECRET_KEY);
            return config;
        }
    }

    @RestClient
    BeforeAndAfter.HandWritten handWritten;
    @RestClient
    BeforeAndAfter.Oidc oidc;
    @RestClient
    BeforeAndAfter.After after;
    @Inject
    OidcTokens oidcTokens;
    @Inject
    HumeHeaders humeHeaders;

    @ConnectHumeEmulator
    HumeEmulator emulator;

    @Test
    @ActivateRequestContext
    void tokensInOwnCode_areTokens() {
        assertThat(oidcTokens.header()).startsWith("Bearer ");
        assertThat(oidcTokens.freshHeader().await().indefinitely()).startsWith("Bearer ");
        assertThat(humeHeaders.header()).startsWith("Bearer ").isEqualTo(humeHeaders.laterHeader().await().indefinitely());
    }

    @Test
    void revokedToken_isReplacedOnlyForTheNextCall() {
        handWritten.configs();
        oidc.configs();
        after.configs();
        emulator.revokeTokens();
        assertThatThrownBy(() -> handWritten.configs()).hasMessageContaining("401");
        assertThatThrownBy(() -> handWritten.configs()).hasMessageContaining("401");
        assertThatThrownBy(() -> oidc.configs()).hasMessageContaining("401");
        assertThat(after.configs()).contains("configs_page");
    }
}
