package io.quarkiverse.hume.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.hume.emulator.EmulatorCall.Reply;
import io.quarkiverse.hume.emulator.sound.WaveAudio;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** The lists of past runs of both cloud services. */
class CloudRunsTest extends EmulatorTestCase {

    private static final String DECISIONS = "/v0/decisions/run";
    private static final String EXPRESSION = "/v1/expression/run";
    private static final JsonObject QUESTION = new JsonObject().put("context", "A test.").put("questions",
            new JsonObject().put("q", new JsonObject().put("type", "noul").put("instructions", "?")));

    @ParameterizedTest
    @ValueSource(strings = { DECISIONS, EXPRESSION })
    void list_nothingRun_empty(String path) {
        assertThat(withKey("GET", path).send().json())
                .isEqualTo(new JsonObject().put("runs", new JsonArray()).putNull("next_cursor"));
    }

    @Test
    void one_decision_requestWithoutAnswers() {
        JsonObject answered = run(DECISIONS, FIRST);

        JsonObject run = one(DECISIONS, answered);

        assertThat(run.fieldNames()).containsExactlyInAnyOrder("run_id", "user_id", "status", "started_at", "ended_at",
                "received", "request");
        assertCommon(run, answered);
        assertThat(run.getJsonObject("received")).isEqualTo(answered.getJsonObject("received"));
        assertThat(run.getJsonObject("request")).isEqualTo(QUESTION);
    }

    @Test
    void one_expression_configurationWithoutMeasurements() {
        JsonObject answered = run(EXPRESSION, FIRST);

        JsonObject run = one(EXPRESSION, answered);

        assertThat(run.fieldNames()).containsExactlyInAnyOrder("run_id", "user_id", "status", "started_at", "ended_at",
                "endpoint", "mode", "received", "config");
        assertCommon(run, answered);
        assertThat(run.getString("endpoint")).isEqualTo("audio");
        assertThat(run.getString("mode")).isEqualTo("file");
        assertThat(run.getJsonObject("config").getInteger("measurement_timer_ms")).isEqualTo(3_000);
    }

    @ParameterizedTest
    @ValueSource(strings = { DECISIONS, EXPRESSION })
    void one_unknown_notFound(String path) {
        assertCloudError(withKey("GET", path + "/nothing").send(), 404, "run_not_found", null);
    }

    @Test
    void runs_ofOneService_unknownToTheOther() {
        String id = run(DECISIONS, FIRST).getString("run_id");

        assertThat(withKey("GET", EXPRESSION + "/" + id).send().status()).isEqualTo(404);
        assertThat(ids(withKey("GET", EXPRESSION).send())).isEmpty();
        assertThat(ids(withKey("GET", DECISIONS).send())).containsExactly(id);
    }

    @Test
    void runs_ofOneAccount_unknownToTheOther() {
        String id = run(EXPRESSION, SECOND).getString("run_id");

        assertThat(withKey("GET", EXPRESSION + "/" + id).send().status()).isEqualTo(404);
        assertThat(ids(withKey("GET", EXPRESSION).send())).isEmpty();
        assertThat(ids(call("GET", EXPRESSION).apiKey(emulator.keys(SECOND).apiKey()).send())).containsExactly(id);
    }

    @Test
    void list_pages_newestFirstAndEveryRunOnce() {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            made.add(run(DECISIONS, FIRST).getString("run_id"));
        }
        Collections.reverse(made);

        Reply first = withKey("GET", DECISIONS + "?page_size=2").send();
        Reply second = withKey("GET", DECISIONS + "?page_size=2&cursor=" + first.json().getString("next_cursor")).send();
        Reply third = withKey("GET", DECISIONS + "?page_size=2&cursor=" + second.json().getString("next_cursor")).send();

        assertThat(ids(first)).isEqualTo(made.subList(0, 2));
        assertThat(ids(second)).isEqualTo(made.subList(2, 4));
        assertThat(ids(third)).isEqualTo(made.subList(4, 5));
        assertThat(third.json().getValue("next_cursor")).isNull();
    }

    @Test
    void list_withoutPageSize_fifty() {
        for (int i = 0; i < 51; i++) {
            run(EXPRESSION, FIRST);
        }

        assertThat(ids(withKey("GET", EXPRESSION).send())).hasSize(50);
        assertThat(ids(withKey("GET", EXPRESSION + "?page_size=200").send())).hasSize(51);
    }

    @ParameterizedTest
    @ValueSource(strings = { "0", "201", "-1", "ten", "", "9999999999" })
    void pageSize_outOfRange_rejected(String size) {
        assertCloudError(withKey("GET", DECISIONS + "?page_size=" + size).send(), 400, "page_size_invalid", "page_size");
        assertCloudError(withKey("GET", EXPRESSION + "?page_size=" + size).send(), 400, "page_size_invalid", "page_size");
    }

    @Test
    void cursor_unknown_rejected() {
        assertCloudError(withKey("GET", DECISIONS + "?cursor=made-up").send(), 400, "cursor_invalid", "cursor");
    }

    @Test
    void list_filters_combine() {
        String id = run(DECISIONS, FIRST).getString("run_id");
        String user = one(DECISIONS, new JsonObject().put("run_id", id)).getString("user_id");
        String now = clock.instant().toString();
        String later = clock.instant().plusSeconds(1).toString();

        assertThat(ids(withKey("GET", DECISIONS + "?status=ended&user_id=" + user + "&started_after=" + now
                + "&started_before=" + later).send())).containsExactly(id);
        for (String filter : List.of("status=errored", "user_id=nobody", "started_after=" + later, "started_before=" + now)) {
            assertThat(ids(withKey("GET", DECISIONS + "?" + filter).send())).as(filter).isEmpty();
        }
    }

    @Test
    void list_filtersOfExpression_restrict() {
        String id = run(EXPRESSION, FIRST).getString("run_id");

        assertThat(ids(withKey("GET", EXPRESSION + "?mode=file&endpoint=audio").send())).containsExactly(id);
        for (String filter : List.of("status=live", "mode=realtime", "endpoint=video")) {
            assertThat(ids(withKey("GET", EXPRESSION + "?" + filter).send())).as(filter).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "status", "mode", "endpoint", "started_before", "started_after" })
    void filter_unknownValue_rejected(String filter) {
        assertCloudError(withKey("GET", EXPRESSION + "?" + filter + "=nonsense").send(), 400, filter + "_invalid", filter);
    }

    @Test
    void runs_reset_forgotten() {
        run(DECISIONS, FIRST);
        assertThat(emulator.overview().getJsonObject("counts").getInteger("runs")).isEqualTo(1);

        emulator.reset();

        assertThat(ids(withKey("GET", DECISIONS).send())).isEmpty();
        assertThat(emulator.overview().getJsonObject("counts").getInteger("runs")).isZero();
    }

    private static JsonObject one(String path, JsonObject answered) {
        Reply reply = withKey("GET", path + "/" + answered.getString("run_id")).send();
        assertThat(reply.status()).isEqualTo(200);
        return reply.json();
    }

    private static void assertCommon(JsonObject run, JsonObject answered) {
        assertThat(run.getString("run_id")).isEqualTo(answered.getString("run_id"));
        assertThat(UUID.fromString(run.getString("run_id"))).hasToString(run.getString("run_id"));
        assertThat(run.getString("status")).isEqualTo("ended");
        assertThat(run.getString("started_at")).isEqualTo(clock.instant().toString());
        assertThat(run.getString("ended_at")).isEqualTo(clock.instant().toString());
    }

    private static JsonObject run(String listPath, String account) {
        MultipartBody body = new MultipartBody();
        if (listPath.equals(DECISIONS)) {
            body.json("request", QUESTION);
        }
        body.file("file", new WaveAudio(16_000, Samples.of(new short[100]), 1).encode().getBytes());
        Reply reply = call("POST", listPath.equals(DECISIONS) ? "/v0/decisions/file" : "/v1/expression/audio/file")
                .apiKey(emulator.keys(account).apiKey()).multipart(body).send();
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.json();
    }

    private static List<String> ids(Reply reply) {
        return reply.json().getJsonArray("runs").stream().map(run -> ((JsonObject) run).getString("run_id")).toList();
    }
}
