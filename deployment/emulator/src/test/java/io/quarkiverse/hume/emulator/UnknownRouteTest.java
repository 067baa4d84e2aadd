package io.quarkiverse.hume.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.hume.emulator.EmulatorCall.Reply;

class UnknownRouteTest extends EmulatorTestCase {

    @ParameterizedTest
    @ValueSource(strings = { "/", "/v0/unknown", "/v0/tts/", "/v0/tts/file/more", "/v0/batch/jobs",
            "/oauth2-cc/token/" })
    void path_unknown_notFoundAndNamed(String path) {
        Reply reply = withKey("GET", path).send();

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.json().getString("error")).contains(path);
    }

    @ParameterizedTest
    @CsvSource({ "GET, /v0/tts, POST", "PUT, /v0/tts/file, POST", "PUT, /v0/tts/voices, 'DELETE, GET, POST'",
            "DELETE, /v0/evi/configs, 'GET, POST'", "PUT, /v0/evi/configs/x/version/0, 'DELETE, GET, PATCH'",
            "POST, /v0/evi/chats, GET" })
    void method_wrong_notAllowedAndRightOneNamed(String method, String path, String allowed) {
        Reply reply = withKey(method, path).send();

        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.header("Allow")).isEqualTo(allowed);
        assertThat(reply.json().getString("error")).contains(method, allowed);
    }

    @ParameterizedTest
    @CsvSource({ "GET, /v1/expression", "GET, /v0/decisions/run/", "GET, /v0/decisions/run/a/b", "GET, /v0/decisions/file",
            "GET, /v0/decisions/file/input_tokens", "POST, /v0/decisions/run", "DELETE, /v0/decisions/run/x",
            "GET, /v1/expression/audio/file", "PATCH, /v1/expression/run" })
    void cloud_unknownPathOrMethod_notFoundWithMessageOnly(String method, String path) {
        Reply reply = withKey(method, path).send();

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.json().fieldNames()).containsExactly("message");
        assertThat(reply.json().getString("message")).contains(method, path);
    }

    @Test
    void controlPath_unknown_notFound() {
        assertThat(call("GET", "/emulator/unknown").send().status()).isEqualTo(404);
    }

    @Test
    void controlMethod_wrong_notAllowedWithAllThatAre() {
        Reply reply = call("POST", "/emulator/token/fault").send();

        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.header("Allow")).isEqualTo("DELETE, PUT");
    }

    @Test
    void path_thatOnlyBeginsLikeControl_needsCredential() {
        assertThat(call("GET", "/emulators").send().status()).isEqualTo(401);
    }
}
