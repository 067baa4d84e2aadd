package io.quarkiverse.hume.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.Test;

import io.quarkiverse.hume.emulator.EmulatorCall.Reply;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

class OverviewTest extends EmulatorTestCase {

    @Test
    void overview_overHttp_sameAsInJava() {
        Reply reply = call("GET", "/emulator").send();

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json()).isEqualTo(new JsonObject(emulator.overview().encode()));
    }

    @Test
    void overview_accounts_withTheirCurrentKeys() {
        EmulatorKeys first = emulator.regenerateKeys(FIRST);
        EmulatorKeys second = emulator.keys(SECOND);

        assertThat(emulator.overview().getJsonArray("accounts"))
                .isEqualTo(JsonArray.of(account(FIRST, first), account(SECOND, second)));
    }

    @Test
    void overview_calls_everyOneIsServed() {
        JsonArray calls = emulator.overview().getJsonArray("calls");
        String chat = withKey("GET", "/v0/evi/chats").send().json().getJsonArray("chats_page").getJsonObject(0).getString("id");

        assertThat(calls).hasSize(18).allSatisfy(entry -> {
            String[] call = entry.toString().replace("{id}", chat).split(" ");
            // A field nobody knows: routed, but rejected before anything happens, unless the call takes no body.
            assertThat(call(call[0], call[1]).json("{\"typo\":1}").send().status()).as(entry.toString()).isIn(200, 400);
        });
    }

    @Test
    void overview_counts_followWhatHappens() {
        statusWithToken(token(FIRST));

        JsonObject counts = emulator.overview().getJsonObject("counts");

        assertThat(counts).isEqualTo(
                new JsonObject().put("requests", 2).put("tokens_issued", 1L).put("tokens_live", 1L).put("runs", 0)
                        .put("sockets", 0));
    }

    @Test
    void overview_fault_shownAsItWasSet() {
        obeyed("PUT", "/api/fault", Map.of("status", 500, "path", "/v0", "times", 3));

        assertThat(emulator.overview().getJsonObject("api_fault")).isEqualTo(
                new JsonObject().put("status", 500).put("path", "/v0").put("times", 3).put("remaining", 3));
    }

    @Test
    void reset_overHttp_everythingBackToTheStart() {
        JsonObject before = emulator.overview();
        token(FIRST);
        emulator.regenerateKeys(SECOND);
        obeyed("PUT", "/api/fault", Map.of("status", 500));
        obeyed("PUT", "/token/fault", Map.of("status", 500));
        obeyed("PUT", "/token", Map.of("lifetime_seconds", 1));

        assertThat(obeyed("POST", "/reset", Map.of())).isEqualTo(new JsonObject(before.encode()));

        assertThat(emulator.overview()).isEqualTo(before);
    }

    private static JsonObject account(String name, EmulatorKeys keys) {
        return new JsonObject().put("account", name).put("api_key", keys.apiKey()).put("secret_key", keys.secretKey());
    }
}
