package org.acme.openapi;

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

import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.junit.jupiter.api.BeforeEach;
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

import io.quarkus.test.junit.QuarkusTest;

/** Clients as the generator makes them, whose URL is a host of Hume: what arrives at the emulator, which replaces it. */
@QuarkusTest
class GeneratedOpenApiClientsTest {

    private final String control = ConfigProvider.getConfig().getValue("hume.emulator.url", String.class) + "/emulator";

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

    @BeforeEach
    void forget() {
        given().delete(control + "/requests").then().statusCode(200);
    }

    @Test
    void documentedExample_works() {
        given().get("/voices").then().statusCode(200);
        assertThat(received("credential")).containsExactly("token");
        assertThat(received("path")).containsExactly("/v0/tts/voices");
        assertOneCredential("Authorization");
    }

    @TestFactory
    Stream<DynamicTest> everyDocument_carriesTheTokenOfTheAccount() {
        Map<String, Supplier<Object>> calls = Map.of("bearer", bearer::bearerConfigs, "several", several::severalConfigs,
                "no scheme for the operation", several::openChats, "without a server", withoutServer::configsWithoutServer,
                "named", named::namedConfigs, "annotated", annotated::annotatedConfigs,
                "named, with a key of the generator's", withKey::configsWithKey);
        return calls.entrySet().stream().map(call -> DynamicTest.dynamicTest(call.getKey(), () -> {
            forget();
            call.getValue().get();
            assertThat(received("credential")).containsExactly("token");
            assertThat(received("account")).containsExactly("<default>");
            assertOneCredential("Authorization");
        }));
    }

    @Test
    void hostOfANamedAccount_carriesItsCredential() {
        decisions.listRuns();
        assertThat(received("account")).containsExactly("cloud");
        assertThat(received("credential")).containsExactly("api-key");
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

    private Map<String, Object> headers() {
        List<Map<String, Object>> headers = received("headers");
        assertThat(headers).hasSize(1);
        return headers.get(0);
    }

    private <T> List<T> received(String field) {
        return given().queryParams(Map.of("path", "/v0/*")).get(control + "/requests").then().statusCode(200).extract()
                .path("requests." + field);
    }
}
