package org.acme.openapi;

import static io.quarkiverse.hume.test.CredentialKind.API_KEY;
import static io.quarkiverse.hume.test.CredentialKind.TOKEN;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.openapi.quarkus.annotated_yaml.api.AnnotatedApi;
import org.openapi.quarkus.audio_decisions_yaml.api.DecisionsApi;
import org.openapi.quarkus.bearer_yaml.api.BearerApi;
import org.openapi.quarkus.named_yaml.api.NamedApi;
import org.openapi.quarkus.no_server_yaml.api.WithoutServerApi;
import org.openapi.quarkus.own_key_yaml.api.OwnKeyApi;
import org.openapi.quarkus.several_yaml.api.SeveralApi;
import org.openapi.quarkus.stranger_yaml.api.StrangerApi;
import org.openapi.quarkus.with_key_yaml.api.WithKeyApi;

import io.quarkiverse.hume.test.ConnectHumeEmulator;
import io.quarkiverse.hume.test.HumeEmulator;
import io.quarkiverse.hume.test.RecordedRequests;
import io.quarkus.test.junit.QuarkusTest;

/** Clients as the generator makes them, whose URL is a host of Hume: what arrives at the emulator, which replaces it. */
@QuarkusTest
class GeneratedOpenApiClientsTest {

    @ConnectHumeEmulator
    HumeEmulator emulator;

    @RestClient
    DecisionsApi decisions;
    @RestClient
    BearerApi bearer;
    @RestClient
    SeveralApi several;
    @RestClient
    WithoutServerApi withoutServer;
    @RestClient
    NamedApi named;
    @RestClient
    AnnotatedApi annotated;
    @RestClient
    WithKeyApi withKey;
    @RestClient
    OwnKeyApi ownKey;
    @RestClient
    StrangerApi stranger;

    @Test
    void documentedExample_works() {
        given().get("/voices").then().statusCode(200);
        received().haveCredentials(TOKEN);
        received().havePaths("/v0/tts/voices");
        assertOneCredential("Authorization");
    }

    @TestFactory
    Stream<DynamicTest> everyDocument_carriesTheTokenOfTheAccount() {
        Map<String, Supplier<Object>> calls = Map.of("bearer", bearer::bearerConfigs, "several", several::severalConfigs,
                "no scheme for the operation", several::openChats, "without a server", withoutServer::configsWithoutServer,
                "named", named::namedConfigs, "annotated", annotated::annotatedConfigs,
                "named, with a key of the generator's", withKey::configsWithKey);
        return calls.entrySet().stream().map(call -> DynamicTest.dynamicTest(call.getKey(), () -> {
            emulator.forgetRequests();
            call.getValue().get();
            received().haveCredentials(TOKEN);
            received().haveAccounts("<default>");
            assertOneCredential("Authorization");
        }));
    }

    @Test
    void hostOfANamedAccount_carriesItsCredential() {
        decisions.listRuns();
        received().haveAccounts("cloud");
        received().haveCredentials(API_KEY);
    }

    @Test
    void keyOfTheGenerator_isLeftToIt() {
        assertThatThrownBy(() -> ownKey.configsWithOwnKey()).hasMessageContaining("401");
        assertOneCredential("X-Hume-Api-Key");
        assertThat(headers().get("X-Hume-Api-Key")).isEqualTo(List.of("key-of-the-generator"));
    }

    @Test
    void otherApi_isLeftAlone() {
        assertThatThrownBy(() -> stranger.strangersConfigs()).hasMessageContaining("401");
        assertThat(headers()).doesNotContainKeys("Authorization", "X-Hume-Api-Key");
    }

    @Test
    void log_namesTheEmulatorAndAsksForNoKey() throws IOException {
        bearer.bearerConfigs();
        withoutServer.configsWithoutServer();
        given().get("/voices").then().statusCode(200);
        stranger();
        String log = Files.readString(Path.of("target/openapi-test.log"));
        assertThat(log).containsPattern("HUME0063: Requests of the REST client org\\.acme\\.openapi\\.tts\\.api\\.VoicesApi to"
                + " https://api\\.hume\\.ai go to the emulator at http://127\\.0\\.0\\.1:\\d+, because it replaces Hume for the"
                + " default Hume account. To call Hume, set hume\\.api-key");
        assertThat(log).contains("stranger_yaml.auth.other.api-key property (see application.properties) is empty")
                .doesNotContain("hume_tts_yaml.auth.apiKey.api-key property")
                .doesNotContain("no_server_yaml.auth.apiKey.api-key property");
    }

    private void stranger() {
        assertThatThrownBy(() -> stranger.strangersConfigs()).hasMessageContaining("401");
    }

    private void assertOneCredential(String header) {
        assertThat(headers()).containsKey(header);
        assertThat(headers().keySet()).filteredOn(name -> name.equalsIgnoreCase("Authorization")
                || name.equalsIgnoreCase("X-Hume-Api-Key")).hasSize(1);
    }

    private Map<String, List<String>> headers() {
        return received().single().headers();
    }

    private RecordedRequests received() {
        return emulator.requests("/v0/*");
    }
}
