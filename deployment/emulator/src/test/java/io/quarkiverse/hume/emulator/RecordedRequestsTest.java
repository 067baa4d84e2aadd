package io.quarkiverse.hume.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.hume.emulator.EmulatorCall.Reply;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

class RecordedRequestsTest extends EmulatorTestCase {

    @Test
    void record_requestWithKey_complete() {
        String key = emulator.keys(SECOND).apiKey();
        call("GET", "/v0/tts/voices?provider=HUME_AI&page_size=1").apiKey(key).header("X-Trace", "one")
                .header("X-Trace", "two").send();

        JsonObject entry = recorded("/v0/tts").get(0);

        assertThat(entry.getInteger("sequence")).isEqualTo(1);
        assertThat(entry.getString("method")).isEqualTo("GET");
        assertThat(entry.getString("path")).isEqualTo("/v0/tts/voices");
        assertThat(entry.getString("query")).isEqualTo("provider=HUME_AI&page_size=1");
        assertThat(entry.getString("account")).isEqualTo(SECOND);
        assertThat(entry.getString("credential")).isEqualTo("api-key");
        assertThat(entry.getInteger("status")).isEqualTo(200);
        assertThat(entry.getString("received_at")).isEqualTo(clock.instant().toString());
        assertThat(entry.getJsonObject("headers").getJsonArray("X-Hume-Api-Key")).isEqualTo(JsonArray.of(key));
        assertThat(entry.getJsonObject("headers").getJsonArray("X-Trace")).isEqualTo(JsonArray.of("one", "two"));
        assertThat(entry.getInteger("body_size")).isZero();
    }

    @Test
    void record_tokenRequest_bodyAndBasicCredential() {
        token(SECOND);

        JsonObject entry = recorded(TOKEN_PATH).get(0);

        assertThat(entry.getString("credential")).isEqualTo("basic");
        assertThat(entry.getString("account")).isEqualTo(SECOND);
        assertThat(entry.getString("body")).isEqualTo(GRANT);
        assertThat(entry.getInteger("body_size")).isEqualTo(GRANT.length());
        assertThat(entry.getJsonObject("headers").getJsonArray("Authorization").getString(0)).startsWith("Basic ");
    }

    @Test
    void record_credentialKinds_named() {
        statusWithToken(token(FIRST));
        statusWithKey(emulator.keys(FIRST).apiKey());
        call("GET", "/v0/evi/configs").basic(emulator.keys(FIRST)).send();
        call("GET", "/v0/evi/configs").send();
        call("GET", "/v0/evi/configs").apiKey("a").bearer("b").send();

        assertThat(recorded("/v0/evi")).extracting(entry -> entry.getString("credential")).containsExactly("token", "api-key",
                "basic", "none", "several");
        assertThat(recorded("/v0/evi")).extracting(entry -> entry.getString("account")).containsExactly(FIRST, FIRST, FIRST,
                null, null);
        assertThat(recorded("/v0/evi")).extracting(entry -> entry.getInteger("status")).containsExactly(200, 200, 401, 401,
                400);
    }

    @Test
    void record_longJsonBody_startKeptAndSizeWhole() {
        String json = "{\"padding\":\"" + "\u00e9".repeat(6000) + "\"}";
        withKey("POST", "/v0/tts").json(json).send();

        JsonObject entry = recorded("/v0/tts").get(0);

        assertThat(entry.getString("body")).isEqualTo(json.substring(0, 4096));
        assertThat(entry.getInteger("body_size")).isEqualTo(json.getBytes(StandardCharsets.UTF_8).length);
    }

    @Test
    void record_binaryBody_onlySizeKept() {
        byte[] content = new byte[100_000];
        withKey("POST", "/v0/unknown").body("application/octet-stream", content).send();

        JsonObject entry = recorded("/v0/unknown").get(0);

        assertThat(entry.getValue("body")).isNull();
        assertThat(entry.getInteger("body_size")).isEqualTo(content.length);
    }

    @Test
    void record_bodyAboveTheLimit_rejectedAndSizeWhole() {
        byte[] content = new byte[Exchange.LARGEST_BODY + 1];

        Reply reply = withKey("POST", "/v0/tts").body("application/octet-stream", content).send();

        assertThat(reply.status()).isEqualTo(413);
        assertThat(recorded("/v0/tts").get(0).getInteger("body_size")).isEqualTo(content.length);
        assertThat(recorded("/v0/tts").get(0).getInteger("status")).isEqualTo(413);
    }

    @Test
    void list_controlCalls_notRecorded() {
        obeyed("POST", "/reset", Map.of());
        call("GET", "/emulator").send();

        assertThat(recorded("/")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({ "0, ''", "1, 3", "2, 2 3", "3, 1 2 3", "99, 1 2 3" })
    void list_limit_newestAndOldestFirst(int limit, String sequences) {
        for (int i = 0; i < 3; i++) {
            call("GET", "/v0/evi/configs").send();
        }

        JsonArray entries = call("GET", "/emulator/requests?limit=" + limit).send().json().getJsonArray("requests");

        assertThat(entries.stream().map(entry -> ((JsonObject) entry).getInteger("sequence").toString()))
                .containsExactly(sequences.isEmpty() ? new String[0] : sequences.split(" "));
    }

    @Test
    void list_path_onlyWhatBeginsWithIt() {
        call("GET", "/v0/evi/configs").send();
        call("GET", "/v0/evi/chats").send();
        call("GET", "/v1/expression/run").send();

        assertThat(recorded("/v0/evi")).hasSize(2);
        assertThat(recorded("/v1/expression/run")).hasSize(1);
        assertThat(recorded("/v9")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "-1", "many", "1.5", "", "12345678901" })
    void list_wrongLimit_rejected(String limit) {
        Reply reply = call("GET", "/emulator/requests?limit=" + limit).send();

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().getString("error")).startsWith("limit: must be a whole number");
    }

    @Test
    void delete_recorded_goneButNumbersGoOn() {
        call("GET", "/v0/evi/configs").send();
        call("GET", "/v0/evi/configs").send();

        assertThat(obeyed("DELETE", "/requests", Map.of()).getInteger("removed")).isEqualTo(2);

        assertThat(recorded("/")).isEmpty();
        call("GET", "/v0/evi/configs").send();
        assertThat(recorded("/").get(0).getInteger("sequence")).isEqualTo(3);
    }

    @Test
    void reset_recorded_goneAndNumbersFromOne() {
        call("GET", "/v0/evi/configs").send();

        emulator.reset();

        assertThat(recorded("/")).isEmpty();
        call("GET", "/v0/evi/configs").send();
        assertThat(recorded("/").get(0).getInteger("sequence")).isEqualTo(1);
    }
}
