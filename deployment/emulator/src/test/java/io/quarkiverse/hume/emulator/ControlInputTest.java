package io.quarkiverse.hume.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.hume.emulator.EmulatorCall.Reply;
import io.vertx.core.json.JsonObject;

/** Control calls that cannot be obeyed say what is wrong, and change nothing. */
class ControlInputTest extends EmulatorTestCase {

    @ParameterizedTest
    @ValueSource(strings = { "{", "[]", "null", "7", "\"text\"", "{} more", "{\"a\":}" })
    void body_notAnObject_rejectedWithTheFields(String body) {
        assertRejected("PUT", "/token", body, "The body must be a JSON object with some of the fields [lifetime_seconds,"
                + " lifetime_millis, latency_millis, include_expires_in]");
    }

    @ParameterizedTest
    @CsvSource({ "PUT, /token", "POST, /reset", "POST, /tokens/revoke", "POST, /keys/regenerate", "PUT, /keys",
            "PUT, /token/fault", "PUT, /api/fault" })
    void field_unknown_rejectedWithTheKnownOnes(String method, String path) {
        Reply reply = call(method, "/emulator" + path).json("{\"typo\":1}").send();

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().getString("error")).startsWith("typo: unknown field, known are [");
    }

    @Test
    void pathOfTokenFault_unknownField() {
        Reply reply = call("PUT", "/emulator/token/fault").json("{\"status\":500,\"path\":\"/v0\"}").send();

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().getString("error")).startsWith("path: unknown field");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{\"lifetime_seconds\":0} | lifetime_seconds: must be a whole number from 1 to 31536000",
            "{\"lifetime_seconds\":31536001} | lifetime_seconds: must be a whole number from 1 to 31536000",
            "{\"lifetime_seconds\":\"5\"} | lifetime_seconds: must be a whole number from 1 to 31536000",
            "{\"lifetime_seconds\":1.5} | lifetime_seconds: must be a whole number from 1 to 31536000",
            "{\"lifetime_millis\":0} | lifetime_millis: must be a whole number from 1 to 31536000000",
            "{\"lifetime_millis\":99999999999999999999} | lifetime_millis: must be a whole number from 1 to 31536000000",
            "{\"lifetime_seconds\":1,\"lifetime_millis\":1} | lifetime_millis: cannot be combined with lifetime_seconds",
            "{\"latency_millis\":-1} | latency_millis: must be a whole number from 0 to 600000",
            "{\"include_expires_in\":\"no\"} | include_expires_in: must be true or false" })
    void tokenSettings_wrong_rejectedAndUnchanged(String body, String message) {
        JsonObject before = emulator.overview().getJsonObject("token");

        assertRejected("PUT", "/token", body, message);

        assertThat(emulator.overview().getJsonObject("token")).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "{\"status\":199} | status: must be a whole number from 200 to 599",
            "{\"status\":600} | status: must be a whole number from 200 to 599",
            "{\"status\":\"500\"} | status: must be a whole number from 200 to 599",
            "{\"body\":{}} | body: must be a string", "{\"content_type\":7} | content_type: must be a string",
            "{\"content_type\":\"a\\nb\"} | content_type: must consist of ASCII characters",
            "{\"body\":\"x\",\"body_bytes\":1} | body_bytes: cannot be combined with body",
            "{\"body_bytes\":1073741825} | body_bytes: must be a whole number from 0 to 1073741824",
            "{\"headers\":[]} | headers: must be an object",
            "{\"headers\":{\"a b\":\"c\"}} | headers.a b: is not a legal header name",
            "{\"headers\":{\"\":\"c\"}} | headers.: is not a legal header name",
            "{\"headers\":{\"a\":7}} | headers.a: must be a string of ASCII characters",
            "{\"headers\":{\"a\":null}} | headers.a: must be a string of ASCII characters",
            "{\"headers\":{\"a\":\"x\\r\\ny\"}} | headers.a: must be a string of ASCII characters",
            "{\"headers\":{\"content-length\":\"3\"}} | headers.content-length: is set by the emulator itself",
            "{\"headers\":{\"Transfer-Encoding\":\"chunked\"}} | headers.Transfer-Encoding: is set by the emulator itself",
            "{\"hang\":true,\"status\":500} | status: cannot be combined with hang",
            "{\"reset\":true,\"headers\":{}} | headers: cannot be combined with reset",
            "{\"hang\":true,\"reset\":true} | reset: cannot be combined with hang",
            "{\"hang\":\"yes\"} | hang: must be true or false",
            "{\"delay_millis\":600001} | delay_millis: must be a whole number from 0 to 600000",
            "{\"status\":500,\"times\":0} | times: must be a whole number from 1 to 2147483647",
            "{\"status\":500,\"percent\":0} | percent: must be a number above 0, up to 100",
            "{\"status\":500,\"percent\":100.1} | percent: must be a number above 0, up to 100",
            "{\"status\":500,\"account\":7} | account: must be a string",
            "{\"status\":500,\"account\":\"nobody\"} | account: there is no \"nobody\", only [<default>, second]" })
    void fault_wrong_rejectedAndNotSet(String body, String message) {
        assertRejected("PUT", "/token/fault", body, message);
        assertRejected("PUT", "/api/fault", body, message);

        assertThat(emulator.overview().getValue("token_fault")).isNull();
        assertThat(emulator.overview().getValue("api_fault")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = { "{}", "", "{\"hang\":false}", "{\"times\":3}", "{\"status\":null}" })
    void fault_withoutEffect_rejectedWithTheChoices(String body) {
        Reply reply = call("PUT", "/emulator/api/fault").json(body).send();

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().getString("error")).startsWith("The fault needs one of the fields status, body,");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "{\"status\":500,\"path\":\"v0\"} | path: must begin with /",
            "{\"status\":500,\"path\":7} | path: must be a string",
            "{\"status\":500,\"after_authentication\":1} | after_authentication: must be true or false" })
    void apiFault_wrongScope_rejected(String body, String message) {
        assertRejected("PUT", "/api/fault", body, message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{\"overlap_seconds\":-1} | overlap_seconds: must be a whole number from 0 to 31536000",
            "{\"overlap_seconds\":31536001} | overlap_seconds: must be a whole number from 0 to 31536000",
            "{\"keep_tokens\":\"yes\"} | keep_tokens: must be true or false", "{\"account\":[]} | account: must be a string" })
    void regenerate_wrong_rejectedAndKeysUnchanged(String body, String message) {
        EmulatorKeys before = emulator.keys(FIRST);

        assertRejected("POST", "/keys/regenerate", body, message);

        assertThat(emulator.keys(FIRST)).isEqualTo(before);
    }

    @Test
    void fault_rejected_formerOneStays() {
        obeyed("PUT", "/token/fault", Map.of("status", 503));

        assertRejected("PUT", "/token/fault", "{\"status\":1}", "status: must be a whole number from 200 to 599");

        assertThat(tokenCall(emulator.keys(FIRST)).send().status()).isEqualTo(503);
    }

    private static void assertRejected(String method, String path, String body, String message) {
        Reply reply = call(method, "/emulator" + path).json(body).send();
        assertThat(reply.status()).as(reply.text()).isEqualTo(400);
        assertThat(reply.json().getString("error")).isEqualTo(message);
    }
}
