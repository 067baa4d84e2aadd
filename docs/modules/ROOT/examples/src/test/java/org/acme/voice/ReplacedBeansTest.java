package org.acme.voice;

import static io.quarkiverse.hume.test.CredentialKind.API_KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.junit.jupiter.api.Test;

import io.quarkiverse.hume.HumeTokens;
import io.quarkiverse.hume.test.ConnectHumeEmulator;
import io.quarkiverse.hume.test.HumeEmulator;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;

/** The application's own beans for keys and tokens. */
@QuarkusTest
@TestProfile(ReplacedBeansTest.Profile.class)
class ReplacedBeansTest {

    public static class Profile implements QuarkusTestProfile {

        @Override
        public Set<Class<?>> getEnabledAlternatives() {
            return Set.of(GatewayTokens.class, SecretServiceKeys.class);
        }

        @Override
        public Map<String, String> getConfigOverrides() {
            String here = "http://localhost:${quarkus.http.test-port}";
            return Map.of("quarkus.rest-client.gateway.url", here, "quarkus.rest-client.secrets.url", here,
                    "quarkus.http.test-port", "8081",
                    // The keys of beans may be real. These are the emulator's.
                    "hume.devservices.enabled", "true",
                    // Also of CompanyStoreTest, which runs in the same process.
                    "hume.devservices.port", "18637");
        }
    }

    /** The two services that the beans ask. */
    @Path("/")
    public static class Services {

        @GET
        @Path("/secrets/{name}")
        public Map<String, String> secret(String name) {
            return Map.of("api-key", "key-of-" + name.replaceAll("[<>]", ""), "secret-key", "secret");
        }

        @POST
        @Path("/gateway/{account}")
        public TokenGateway.Issued token(String account) {
            return new TokenGateway.Issued("token-of-the-gateway",
                    InstantSource.system().instant().plus(Duration.ofMinutes(30)));
        }
    }

    @Inject
    HumeTokens tokens;
    @RestClient
    EmpathicVoice empathicVoice;

    @ConnectHumeEmulator
    HumeEmulator emulator;

    @Test
    void keys_comeFromTheSecretService() {
        emulator.defaultAccount().useKeys("key-of-hume-default", "secret");
        assertThat(empathicVoice.chats().chats()).isNotNull();
        emulator.requests("/v0/evi/chats").haveCredentials(API_KEY);
    }

    @Test
    void tokens_comeFromTheGateway() {
        await().ignoreExceptions().untilAsserted(() -> assertThat(tokens.await().value()).isEqualTo("token-of-the-gateway"));
    }
}
