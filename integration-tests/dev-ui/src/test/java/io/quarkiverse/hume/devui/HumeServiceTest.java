package io.quarkiverse.hume.devui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.function.Executable;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.hume.test.EmulatedAccount;
import io.quarkiverse.hume.test.HumeEmulator;
import io.quarkus.test.QuarkusDevModeTest;
import io.restassured.RestAssured;

/** What the page asks, asked directly. */
class HumeServiceTest {

    private static final Proxy PROXY = new Proxy();

    @RegisterExtension
    static final QuarkusDevModeTest APPLICATION = VoiceApplication.create(VoiceApplication.CONFIGURATION + """
            hume.accounts.proxied.api-key=key-behind-a-proxy
            hume.accounts.proxied.strategy=api-key
            hume.accounts.proxied.base-url=http://127.0.0.1:9
            hume.accounts.proxied.proxy-configuration-name=office
            quarkus.proxy.office.host=127.0.0.1
            quarkus.proxy.office.port=%d
            """.formatted(PROXY.port()));

    private static final Map<String, Object> DEFAULT = Map.of("account", "<default>");

    /** The application starts once for all of them. */
    @TestFactory
    Stream<DynamicTest> answers() {
        return Stream.of(
                dynamicTest("strategies are on the card", fresh(this::strategies_areOnTheCard)),
                dynamicTest("state tells strategy reason and the life of the token",
                        fresh(this::state_tellsStrategyReasonAndTheLifeOfTheToken)),
                dynamicTest("keys are masked to their last four characters",
                        fresh(this::keys_areMaskedToTheirLastFourCharacters)),
                dynamicTest("refresh replaces a fresh token", fresh(this::refresh_replacesAFreshToken)),
                dynamicTest("refresh of an account without tokens says why",
                        fresh(this::refresh_ofAnAccountWithoutTokens_saysWhy)),
                dynamicTest("test makes a real call", fresh(this::test_makesARealCall)),
                dynamicTest("test after a revocation is retried like every call",
                        fresh(this::test_afterARevocation_healsLikeEveryCall)),
                dynamicTest("test of an api that is down shows its status", fresh(this::test_ofAnApiThatIsDown_showsItsStatus)),
                dynamicTest("test with rejected keys says so", fresh(this::test_withRejectedKeys_saysSo)),
                dynamicTest("test in plain http bypasses the proxy of the account",
                        fresh(this::test_inPlainHttp_bypassesTheProxyOfTheAccount)),
                dynamicTest("test of an unknown account says which there are",
                        fresh(this::test_ofAnUnknownAccount_saysWhichThereAre)),
                dynamicTest("clients tell how they are authenticated", fresh(this::clients_tellHowTheyAreAuthenticated)),
                dynamicTest("clients built by code are known once they are built",
                        fresh(this::clientsBuiltByCode_areKnownOnceTheyAreBuilt)),
                dynamicTest("emulator is set and reset", fresh(this::emulator_isSetAndReset)),
                // Last: it leaves a back-off behind.
                dynamicTest("refresh during the back off says when the next try is",
                        fresh(this::refresh_duringTheBackOff_saysWhenTheNextTryIs)));
    }

    /** With an emulator as at the start, and a token. */
    private Executable fresh(Executable test) {
        return () -> {
            JsonRpc.call("emulateReset");
            await().atMost(Duration.ofSeconds(90))
                    .until(() -> JsonRpc.call("refresh", DEFAULT).get("success").asBoolean());
            test.execute();
        };
    }

    private void strategies_areOnTheCard() throws Exception {
        assertThat(JsonRpc.call("strategies").asText()).isEqualTo("api-key, token");
    }

    private void state_tellsStrategyReasonAndTheLifeOfTheToken() throws Exception {
        JsonNode state = JsonRpc.call("state");
        JsonNode account = state.get("accounts").get(0);
        assertThat(account.get("name").asText()).isEqualTo("<default>");
        assertThat(account.get("strategy").asText()).isEqualTo("token");
        assertThat(account.get("reason").asText()).isEqualTo("the emulator has both keys");
        JsonNode token = account.get("token");
        assertThat(token.get("valid").asBoolean()).isTrue();
        assertThat(token.get("failures").asInt()).isZero();
        long now = state.get("now").asLong();
        assertThat(token.get("receivedAt").asLong()).isBetween(now - 60_000, now);
        assertThat(token.get("refreshAt").asLong()).isBetween(now + 1_000_000, token.get("expiresAt").asLong());
        assertThat(token.get("expiresAt").asLong()).isBetween(now + 1_700_000, now + 1_800_000);

        JsonNode cloud = state.get("accounts").get(1);
        assertThat(cloud.get("name").asText()).isEqualTo("cloud");
        assertThat(cloud.get("strategy").asText()).isEqualTo("api-key");
        assertThat(cloud.has("token")).isFalse();
    }

    private void keys_areMaskedToTheirLastFourCharacters() throws Exception {
        String apiKey = emulatorKeys().apiKey();
        String secretKey = emulatorKeys().secretKey();
        JsonNode keys = JsonRpc.call("keys").get("<default>");
        assertThat(keys.get("apiKey").get("masked").asText()).isEqualTo("••••••••" + apiKey.substring(apiKey.length() - 4));
        assertThat(keys.get("apiKey").get("source").asText()).isEqualTo("the emulator");
        assertThat(keys.get("secretKey").get("masked").asText())
                .isEqualTo("••••••••" + secretKey.substring(secretKey.length() - 4));
        assertThat(JsonRpc.call("keys").get("cloud").has("secretKey")).isFalse();
    }

    private void refresh_replacesAFreshToken() throws Exception {
        String before = RestAssured.get("/token").asString();
        assertThat(JsonRpc.call("refresh", DEFAULT).get("message").asText()).isEqualTo("There is a new access token");
        assertThat(RestAssured.get("/token").asString()).isNotEqualTo(before);
    }

    private void refresh_duringTheBackOff_saysWhenTheNextTryIs() throws Exception {
        JsonRpc.call("emulateTokenEndpoint", Map.of("mode", "outage"));
        long issued = JsonRpc.call("emulator").get("requests").asLong();
        JsonNode first = JsonRpc.call("refresh", DEFAULT);
        JsonNode second = JsonRpc.call("refresh", DEFAULT);
        assertThat(first.get("success").asBoolean()).isFalse();
        assertThat(first.get("message").asText()).contains("503");
        assertThat(second.get("message").asText()).contains("Not tried again yet: the next attempt is due in");
        assertThat(second.get("retryAt").asLong()).isGreaterThan(System.currentTimeMillis());
        assertThat(JsonRpc.call("emulator").get("requests").asLong()).as("one request, not two")
                .isEqualTo(issued + 1);
        JsonNode token = JsonRpc.call("state").get("accounts").get(0).get("token");
        assertThat(token.get("failures").asInt()).isEqualTo(1);
        assertThat(token.get("lastFailure").asText()).contains("503");
        assertThat(token.get("retryAt").asLong()).isCloseTo(second.get("retryAt").asLong(), within(50L));
        assertThat(token.get("valid").asBoolean()).as("the old token stays in use").isTrue();
    }

    private void refresh_ofAnAccountWithoutTokens_saysWhy() throws Exception {
        JsonNode outcome = JsonRpc.call("refresh", Map.of("account", "cloud"));
        assertThat(outcome.get("success").asBoolean()).isFalse();
        assertThat(outcome.get("message").asText()).contains("no access tokens", "API key strategy");
    }

    private void test_makesARealCall() throws Exception {
        long requests = JsonRpc.call("emulator").get("requests").asLong();
        JsonNode outcome = JsonRpc.call("test", DEFAULT);
        assertThat(outcome.get("status").asInt()).isEqualTo(200);
        assertThat(outcome.get("success").asBoolean()).isTrue();
        assertThat(outcome.get("message").asText()).matches("GET http://127\\.0\\.0\\.1:\\d+/v0/evi/configs: 200 OK");
        assertThat(JsonRpc.call("emulator").get("requests").asLong()).isEqualTo(requests + 1);
    }

    private void test_afterARevocation_healsLikeEveryCall() throws Exception {
        assertThat(JsonRpc.call("emulateRevocation", DEFAULT).get("tokensLive").asInt()).isZero();
        assertThat(JsonRpc.call("test", DEFAULT).get("status").asInt()).isEqualTo(200);
        assertThat(JsonRpc.call("emulator").get("tokensLive").asInt()).isEqualTo(1);
    }

    private void test_ofAnApiThatIsDown_showsItsStatus() throws Exception {
        JsonRpc.call("emulateApi", Map.of("mode", "outage"));
        JsonNode outcome = JsonRpc.call("test", DEFAULT);
        assertThat(outcome.get("status").asInt()).isEqualTo(503);
        assertThat(outcome.get("success").asBoolean()).isFalse();
    }

    private void test_withRejectedKeys_saysSo() throws Exception {
        JsonRpc.call("emulateRegeneration", Map.of("account", "cloud"));
        JsonNode outcome = JsonRpc.call("test", Map.of("account", "cloud"));
        assertThat(outcome.get("status").asInt()).isEqualTo(401);
        assertThat(outcome.get("message").asText()).contains("api-key");
    }

    /** As every call does: the proxy could read the credential. Nothing listens at the account's address. */
    private void test_inPlainHttp_bypassesTheProxyOfTheAccount() throws Exception {
        JsonNode outcome = JsonRpc.call("test", Map.of("account", "proxied"));
        assertThat(outcome.get("success").asBoolean()).isFalse();
        assertThat(outcome.has("status")).isFalse();
        assertThat(PROXY.asked()).isEmpty();
    }

    private void test_ofAnUnknownAccount_saysWhichThereAre() throws Exception {
        JsonNode outcome = JsonRpc.call("test", Map.of("account", "nobody"));
        assertThat(outcome.get("success").asBoolean()).isFalse();
        assertThat(outcome.get("message").asText()).contains("nobody", "cloud");
    }

    private void clients_tellHowTheyAreAuthenticated() throws Exception {
        JsonNode clients = JsonRpc.call("clients");
        assertThat(clients).hasSize(5);
        assertThat(clients.get(0).toString()).isEqualTo("{\"name\":\"com.example.voice.AudioDecisions\",\"kind\":\"REST\","
                + "\"account\":\"cloud\",\"strategy\":\"api-key\",\"how\":\"configuration\","
                + "\"detail\":\"hume.accounts.\\\"cloud\\\".rest-clients\",\"methods\":[]}");
        assertThat(clients.get(1).toString()).isEqualTo("{\"name\":\"com.example.voice.EmpathicVoice\",\"kind\":\"REST\","
                + "\"account\":\"<default>\",\"strategy\":\"token\",\"how\":\"annotation\","
                + "\"detail\":\"@HumeAuthenticated\","
                + "\"methods\":[{\"name\":\"chats\",\"account\":\"<default>\",\"strategy\":\"api-key\"}]}");
        assertThat(clients.get(2).toString()).contains("com.example.voice.TextToSpeech", "\"programmatic\"",
                "@RegisterProvider(HumeRequestFilter.class)");
        assertThat(clients.get(3).toString()).contains("com.example.voice.Conversation", "\"WebSocket\"", "\"annotation\"",
                "\"token\"");
        assertThat(clients.get(4).toString()).contains("com.example.voice.VoiceResource#tokens", "\"Bean\"",
                "@Inject HumeTokens");
    }

    private void clientsBuiltByCode_areKnownOnceTheyAreBuilt() throws Exception {
        RestAssured.get("/chats").then().statusCode(200);
        assertThat(JsonRpc.call("state").get("programmaticClients").toString())
                .isEqualTo("[\"com.example.voice.ChatHistory\"]");
    }

    private void emulator_isSetAndReset() throws Exception {
        assertThat(JsonRpc.call("emulateTokenLifetime", Map.of("seconds", "20")).get("tokenLifetime").asInt())
                .isEqualTo(20);
        assertThat(JsonRpc.call("emulateTokenEndpoint", Map.of("mode", "slow")).get("tokenEndpoint").asText())
                .isEqualTo("slow");
        assertThat(JsonRpc.call("emulateApi", Map.of("mode", "slow")).get("api").asText()).isEqualTo("slow");
        JsonNode state = JsonRpc.call("emulateReset");
        assertThat(state.get("tokenLifetime").asInt()).isEqualTo(1800);
        assertThat(state.get("tokenEndpoint").asText()).isEqualTo("normal");
        assertThat(state.get("api").asText()).isEqualTo("normal");
        assertThat(state.get("accounts").toString()).isEqualTo("[\"<default>\",\"cloud\"]");
    }

    private EmulatedAccount.Keys emulatorKeys() throws Exception {
        return HumeEmulator.at(URI.create(JsonRpc.call("emulator").get("address").asText())).defaultAccount().keys();
    }
}
