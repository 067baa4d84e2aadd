package io.quarkiverse.hume.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.hume.emulator.EmulatorCall.Reply;
import io.vertx.core.json.JsonObject;

/** Faults that answer in place of Hume. */
class FaultAnswerTest extends EmulatorTestCase {

    @Test
    void tokenFault_statusBodyAndHeaders_sentAsTheyAre() {
        JsonObject set = obeyed("PUT", "/token/fault", Map.of("status", 503, "body", "<html>down</html>", "content_type",
                "text/html", "headers", Map.of("Retry-After", "7", "X-Cause", "test")));

        Reply reply = tokenCall(emulator.keys(FIRST)).send();

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.text()).isEqualTo("<html>down</html>");
        assertThat(reply.header("Content-Type")).isEqualTo("text/html");
        assertThat(reply.header("Retry-After")).isEqualTo("7");
        assertThat(reply.header("X-Cause")).isEqualTo("test");
        assertThat(set.getInteger("status")).isEqualTo(503);
    }

    @Test
    void tokenFault_onlyBody_status200AndJsonType() {
        obeyed("PUT", "/token/fault", Map.of("body", "{\"access_token\":\"made-up\"}"));

        Reply reply = tokenCall(emulator.keys(FIRST)).send();

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).isEqualTo("application/json");
        assertThat(reply.json()).isEqualTo(new JsonObject().put("access_token", "made-up"));
    }

    @Test
    void tokenFault_contentTypeAmongHeaders_winsOverTheGuess() {
        obeyed("PUT", "/token/fault", Map.of("body", "{}", "headers", Map.of("content-type", "text/xml")));

        assertThat(tokenCall(emulator.keys(FIRST)).send().headers().allValues("Content-Type")).containsExactly("text/xml");
    }

    @Test
    void tokenFault_set_issuesNoToken() {
        obeyed("PUT", "/token/fault", Map.of("status", 500));

        tokenCall(emulator.keys(FIRST)).send();

        assertThat(emulator.overview().getJsonObject("counts").getInteger("tokens_issued")).isZero();
    }

    @Test
    void tokenFault_set_leavesOtherEndpointsAlone() {
        obeyed("PUT", "/token/fault", Map.of("status", 500));

        assertThat(withKey("GET", "/v0/evi/configs").send().status()).isEqualTo(200);
    }

    @Test
    void apiFault_set_leavesTokenEndpointAlone() {
        obeyed("PUT", "/api/fault", Map.of("status", 500));

        assertThat(tokenCall(emulator.keys(FIRST)).send().status()).isEqualTo(200);
        assertThat(withKey("GET", "/v0/evi/configs").send().status()).isEqualTo(500);
    }

    @Test
    void apiFault_set_alsoStrikesRequestsWithoutCredential() {
        obeyed("PUT", "/api/fault", Map.of("status", 429, "body", "{\"message\":\"API rate limit exceeded\"}"));

        Reply reply = call("GET", "/v1/expression/run").send();

        assertThat(reply.status()).isEqualTo(429);
        assertThat(reply.json().getString("message")).isEqualTo("API rate limit exceeded");
    }

    @Test
    void apiFault_afterAuthentication_strikesOnlyWhoIsLetIn() {
        obeyed("PUT", "/api/fault", Map.of("status", 403, "after_authentication", true, "times", 1));

        assertThat(call("GET", "/v0/evi/configs").send().status()).isEqualTo(401);
        assertThat(withKey("GET", "/v0/evi/configs").send().status()).isEqualTo(403);
        assertThat(withKey("GET", "/v0/evi/configs").send().status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(ints = { 0, 1, 65_536, 3_000_001 })
    void fault_bodyBytes_exactlySoMany(int size) {
        obeyed("PUT", "/token/fault", Map.of("body_bytes", size, "status", 502));

        for (int i = 0; i < 2; i++) {
            Reply reply = tokenCall(emulator.keys(FIRST)).send();
            assertThat(reply.status()).isEqualTo(502);
            assertThat(reply.header("Content-Length")).isEqualTo(Integer.toString(size));
            assertThat(reply.text()).isEqualTo("x".repeat(size));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = { 204, 205, 304 })
    void fault_statusWithoutBody_answeredAndNextRequestUnharmed(int status) {
        obeyed("PUT", "/api/fault", Map.of("status", status, "times", 1));

        assertThat(withKey("GET", "/v0/evi/configs").send().status()).isEqualTo(status);
        assertThat(withKey("GET", "/v0/evi/configs").send().json().getInteger("total_pages")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = { 204, 205, 304 })
    void fault_bodyForStatusWithoutBody_rejected(int status) {
        Reply withBody = control("PUT", "/api/fault", Map.of("status", status, "body", "x"));
        Reply withFiller = control("PUT", "/api/fault", Map.of("status", status, "body_bytes", 10));

        assertThat(withBody.status()).isEqualTo(400);
        assertThat(withBody.json().getString("error")).startsWith("body: ").contains(Integer.toString(status));
        assertThat(withFiller.status()).isEqualTo(400);
        assertThat(withFiller.json().getString("error")).startsWith("body_bytes: ").contains(Integer.toString(status));
    }

    @Test
    void fault_removed_regularAnswerAgain() {
        obeyed("PUT", "/token/fault", Map.of("status", 500));

        assertThat(obeyed("DELETE", "/token/fault", Map.of()).getBoolean("removed")).isTrue();

        assertThat(tokenCall(emulator.keys(FIRST)).send().status()).isEqualTo(200);
        assertThat(emulator.overview().getValue("token_fault")).isNull();
        assertThat(obeyed("DELETE", "/token/fault", Map.of()).getBoolean("removed")).isFalse();
    }

    @Test
    void fault_setAgain_replacesTheFirst() {
        obeyed("PUT", "/api/fault", Map.of("status", 500));
        obeyed("PUT", "/api/fault", Map.of("status", 502));

        assertThat(withKey("GET", "/v0/evi/configs").send().status()).isEqualTo(502);
    }

    @Test
    void fault_reset_removed() {
        obeyed("PUT", "/token/fault", Map.of("status", 500));
        obeyed("PUT", "/api/fault", Map.of("status", 500));

        emulator.reset();

        assertThat(tokenCall(emulator.keys(FIRST)).send().status()).isEqualTo(200);
        assertThat(withKey("GET", "/v0/evi/configs").send().status()).isEqualTo(200);
    }
}
