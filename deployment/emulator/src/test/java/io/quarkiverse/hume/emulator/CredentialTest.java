package io.quarkiverse.hume.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.hume.emulator.EmulatorCall.Reply;
import io.vertx.core.json.JsonObject;

/** Who is let in, and how both platforms reject. */
class CredentialTest extends EmulatorTestCase {

    private static final String VOICE = "/v0/evi/configs";
    private static final String CLOUD = "/v1/expression/run";
    private static final String KEYS_ONLY = "/v0/decisions/run";

    @ParameterizedTest
    @ValueSource(strings = { VOICE, "/v0/evi/chats", "/v0/tts/voices?provider=HUME_AI", CLOUD, KEYS_ONLY })
    void key_valid_letIn(String path) {
        assertThat(withKey("GET", path).send().status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = { VOICE, "/v0/evi/chats", "/v0/tts/voices?provider=HUME_AI", CLOUD })
    void token_valid_letIn(String path) {
        assertThat(call("GET", path).bearer(token(FIRST)).send().status()).isEqualTo(200);
    }

    @Test
    void token_validButAtDecisions_rejectedWithoutRequestId() {
        Reply reply = call("GET", KEYS_ONLY).bearer(token(FIRST)).send();

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.json()).isEqualTo(new JsonObject().put("message", "Unauthorized"));
    }

    @ParameterizedTest
    @CsvSource({ "GET, /v0/evi/configs", "GET, /v0/evi/chats", "GET, /v0/tts/voices", "POST, /v0/tts", "POST, /v0/tts/file",
            "GET, /v0/unknown" })
    void voice_withoutCredential_faultEnvelope(String method, String path) {
        Reply reply = call(method, path).send();

        assertVoiceRejection(reply, "Failed to resolve API Key variable request.header.X-Hume-Api-Key",
                "oauth.v2.FailedToResolveAPIKey");
    }

    @ParameterizedTest
    @CsvSource({ "GET, /v0/evi/configs", "GET, /v0/evi/chats", "GET, /v0/tts/voices", "POST, /v0/tts", "POST, /v0/tts/file",
            "GET, /v0/unknown" })
    void voice_unknownKey_invalidApiKey(String method, String path) {
        assertVoiceRejection(call(method, path).apiKey("nobody").send(), "Invalid ApiKey", "oauth.v2.InvalidApiKey");
    }

    @Test
    void voice_unknownToken_invalidAccessToken() {
        assertVoiceRejection(call("GET", VOICE).bearer("nobody").send(), "Invalid Access Token",
                "keymanagement.service.invalid_access_token");
    }

    @ParameterizedTest
    @CsvSource({ "GET, /v1/expression/run", "GET, /v1/expression/run/x", "POST, /v1/expression/audio/file",
            "GET, /v0/decisions/run", "GET, /v0/decisions/run/x", "POST, /v0/decisions/file", "GET, /v1/expression/unknown" })
    void cloud_withoutCredential_messageOnly(String method, String path) {
        Reply reply = call(method, path).send();

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.header("Content-Type")).isEqualTo("application/json");
        assertThat(reply.json()).isEqualTo(new JsonObject().put("message", "Unauthorized"));
    }

    @ParameterizedTest
    @CsvSource({ "GET, /v1/expression/run", "GET, /v1/expression/run/x", "POST, /v1/expression/audio/file",
            "GET, /v0/decisions/run", "GET, /v0/decisions/run/x", "POST, /v0/decisions/file", "GET, /v1/expression/unknown" })
    void cloud_rejectedKey_messageAndRequestId(String method, String path) {
        Reply reply = call(method, path).apiKey("nobody").send();

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.json().fieldNames()).isEqualTo(Set.of("message", "request_id"));
        assertThat(reply.json().getString("message")).isEqualTo("Unauthorized");
        assertThat(reply.json().getString("request_id")).isNotBlank();
    }

    @Test
    void cloud_rejectedKeyTwice_requestIdsDiffer() {
        String first = call("GET", CLOUD).apiKey("nobody").send().json().getString("request_id");

        assertThat(call("GET", CLOUD).apiKey("nobody").send().json().getString("request_id")).isNotEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(strings = { CLOUD, KEYS_ONLY })
    void cloud_rejectedToken_messageOnly(String path) {
        Reply reply = call("GET", path).bearer("nobody").send();

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.json()).isEqualTo(new JsonObject().put("message", "Unauthorized"));
    }

    @ParameterizedTest
    @ValueSource(strings = { VOICE, CLOUD, KEYS_ONLY })
    void keys_asBasic_rejected(String path) {
        assertThat(call("GET", path).basic(emulator.keys(FIRST)).send().status()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = { "?api_key=", "?apiKey=", "?access_token=" })
    void credential_inQuery_countsForNothing(String parameter) {
        String value = parameter.contains("token") ? token(FIRST) : emulator.keys(FIRST).apiKey();

        assertThat(call("GET", VOICE + parameter + value).send().status()).isEqualTo(401);
        assertThat(recorded(VOICE).get(0).getString("credential")).isEqualTo("none");
    }

    @Test
    void token_asKey_rejected() {
        assertThat(statusWithKey(token(FIRST))).isEqualTo(401);
    }

    @Test
    void key_asToken_rejected() {
        assertThat(statusWithToken(emulator.keys(FIRST).apiKey())).isEqualTo(401);
    }

    @Test
    void voice_keyAndToken_rejectedAsSeveral() {
        Reply reply = withKey("GET", VOICE).bearer(token(FIRST)).send();

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().getString("code")).isEqualTo("several_credentials");
        assertThat(reply.json().getString("message")).contains("X-Hume-Api-Key", "Authorization");
    }

    @ParameterizedTest
    @ValueSource(strings = { CLOUD, KEYS_ONLY })
    void cloud_keyAndToken_rejectedAsSeveral(String path) {
        assertCloudError(withKey("GET", path).bearer(token(FIRST)).send(), 400, "several_credentials", null);
    }

    @Test
    void sameKey_twice_rejectedAsSeveral() {
        assertThat(withKey("GET", VOICE).apiKey(emulator.keys(FIRST).apiKey()).send().status()).isEqualTo(400);
    }

    @Test
    void twoTokens_bothLive_rejectedAsSeveral() {
        assertThat(call("GET", VOICE).bearer(token(FIRST)).bearer(token(SECOND)).send().status()).isEqualTo(400);
    }

    @Test
    void schemeAndHeaderName_otherCase_letIn() {
        assertThat(call("GET", VOICE).header("authorization", "bearer " + token(FIRST)).send().status()).isEqualTo(200);
        assertThat(call("GET", VOICE).header("x-hume-api-key", emulator.keys(FIRST).apiKey()).send().status())
                .isEqualTo(200);
    }

    private static void assertVoiceRejection(Reply reply, String text, String code) {
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.header("Content-Type")).isEqualTo("application/json");
        assertThat(reply.json()).isEqualTo(new JsonObject().put("fault", new JsonObject().put("faultstring", text)
                .put("detail", new JsonObject().put("errorcode", code))));
    }
}
