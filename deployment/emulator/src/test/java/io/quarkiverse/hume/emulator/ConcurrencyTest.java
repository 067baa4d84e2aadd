package io.quarkiverse.hume.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.quarkiverse.hume.emulator.EmulatorCall.Reply;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

class ConcurrencyTest extends EmulatorTestCase {

    @Test
    void tokens_twoHundredAtOnce_allDistinctAndLive() {
        List<Reply> replies = inParallel(200, i -> tokenCall(emulator.keys(i % 2 == 0 ? FIRST : SECOND)));

        assertThat(replies).extracting(Reply::status).containsOnly(200);
        assertThat(replies).extracting(reply -> reply.json().getString("access_token")).doesNotHaveDuplicates();
        JsonObject counts = emulator.overview().getJsonObject("counts");
        assertThat(counts.getInteger("tokens_issued")).isEqualTo(200);
        assertThat(counts.getInteger("tokens_live")).isEqualTo(200);
        assertThat(emulator.revokeTokens(FIRST)).isEqualTo(100);
    }

    @Test
    void requests_twoHundredAtOnce_allRecordedWithTheirOwnNumber() {
        inParallel(200, i -> withKey("GET", "/v0/evi/configs").header("X-Number", Integer.toString(i)));

        List<JsonObject> entries = recorded("/v0/evi");
        assertThat(entries).extracting(entry -> entry.getInteger("sequence"))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 200).boxed().toList());
        assertThat(entries).extracting(entry -> entry.getJsonObject("headers").getJsonArray("X-Number").getString(0))
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 200).mapToObj(Integer::toString).toList());
        assertThat(entries).extracting(entry -> entry.getInteger("status")).containsOnly(200);
    }

    @Test
    void faultTimes_manyAtOnce_strikesExactlySoMany() {
        obeyed("PUT", "/token/fault", Map.of("status", 500, "times", 30));

        List<Reply> replies = inParallel(100, i -> tokenCall(emulator.keys(FIRST)));

        assertThat(replies.stream().filter(reply -> reply.status() == 500)).hasSize(30);
        assertThat(replies.stream().filter(reply -> reply.status() == 200)).hasSize(70);
    }

    @Test
    void faultPercent_manyAtOnce_strikesExactlySoMany() {
        obeyed("PUT", "/token/fault", Map.of("status", 500, "percent", 29));

        List<Reply> replies = inParallel(100, i -> tokenCall(emulator.keys(FIRST)));

        assertThat(replies.stream().filter(reply -> reply.status() == 500)).hasSize(29);
    }

    @Test
    void keys_regeneratedManyTimesAtOnce_onlyTheLastPairWorks() {
        List<Reply> replies = inParallel(50,
                i -> call("POST", "/emulator/keys/regenerate").json("{\"account\":\"" + SECOND + "\"}"));

        List<String> keys = replies.stream()
                .map(reply -> reply.json().getJsonArray("accounts").getJsonObject(0).getString("api_key")).toList();
        assertThat(keys).doesNotHaveDuplicates().contains(emulator.keys(SECOND).apiKey());
        assertThat(keys.stream().filter(key -> statusWithKey(key) == 200)).containsExactly(emulator.keys(SECOND).apiKey());
    }

    @Test
    void speech_manyAtOnce_everyCallerGetsItsOwn() {
        List<Reply> replies = inParallel(20, i -> withKey("POST", "/v0/tts").json(new JsonObject().put("utterances",
                JsonArray.of(new JsonObject().put("text", "Number " + i)))));

        for (int i = 0; i < replies.size(); i++) {
            JsonObject generation = replies.get(i).json().getJsonArray("generations").getJsonObject(0);
            assertThat(generation.getJsonArray("snippets").getJsonArray(0).getJsonObject(0).getString("text"))
                    .isEqualTo("Number " + i);
        }
        assertThat(replies).extracting(reply -> reply.json().getString("request_id")).doesNotHaveDuplicates();
    }

    private static List<Reply> inParallel(int count, IntFunction<EmulatorCall> calls) {
        List<CompletableFuture<Reply>> pending = IntStream.range(0, count).mapToObj(i -> calls.apply(i).sendAsync())
                .toList();
        return pending.stream().map(CompletableFuture::join).toList();
    }
}
