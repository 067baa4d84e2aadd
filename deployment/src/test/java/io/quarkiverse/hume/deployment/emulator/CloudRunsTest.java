package io.quarkiverse.hume.deployment.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.hume.deployment.emulator.EmulatorCall.Reply;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** The lists of past runs of both cloud services. */
class CloudRunsTest extends EmulatorTestCase {

    private static final String DECISIONS = "/v0/decisions/run";
    private static final String EXPRESSION = "/v1/expression/run";

    @ParameterizedTest
    @ValueSource(strings = { DECISIONS, EXPRESSION })
    void list_nothingRun_empty(String path) {
        assertThat(withKey("GET", path).send().json())
                .isEqualTo(new JsonObject().put("runs", new JsonArray()).putNull("next_cursor"));
    }

    @ParameterizedTest
    @ValueSource(strings = { DECISIONS, EXPRESSION })
    void one_known_sameAsAnswered(String path) {
        JsonObject answered = run(path, FIRST);

        Reply reply = withKey("GET", path + "/" + answered.getString("run_id")).send();

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json()).isEqualTo(answered);
        assertThat(UUID.fromString(answered.getString("run_id"))).hasToString(answered.getString("run_id"));
        assertThat(answered.getString("status")).isEqualTo("ended");
        assertThat(answered.getLong("created_at")).isEqualTo(clock.millis());
    }

    @ParameterizedTest
    @ValueSource(strings = { DECISIONS, EXPRESSION })
    void one_unknown_notFound(String path) {
        assertCloudError(withKey("GET", path + "/nothing").send(), 404, "run_not_found", "run_id");
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
    void pageSize_outOfRange_refused(String size) {
        assertCloudError(withKey("GET", DECISIONS + "?page_size=" + size).send(), 400, "page_size_invalid", "page_size");
        assertCloudError(withKey("GET", EXPRESSION + "?page_size=" + size).send(), 400, "page_size_invalid", "page_size");
    }

    @Test
    void cursor_unknown_refused() {
        assertCloudError(withKey("GET", DECISIONS + "?cursor=made-up").send(), 400, "cursor_invalid", "cursor");
    }

    @Test
    void runs_reset_forgotten() {
        run(DECISIONS, FIRST);
        assertThat(emulator.overview().getJsonObject("counts").getInteger("runs")).isEqualTo(1);

        emulator.reset();

        assertThat(ids(withKey("GET", DECISIONS).send())).isEmpty();
        assertThat(emulator.overview().getJsonObject("counts").getInteger("runs")).isZero();
    }

    private static JsonObject run(String listPath, String account) {
        MultipartBody body = new MultipartBody();
        if (listPath.equals(DECISIONS)) {
            body.json("request", new JsonObject().put("questions",
                    JsonArray.of(new JsonObject().put("id", "q").put("question", "?").put("type", "yes_no"))));
        }
        body.file("file", new byte[] { 1, 2, 3 });
        Reply reply = call("POST", listPath.equals(DECISIONS) ? "/v0/decisions/file" : "/v1/expression/audio/file")
                .apiKey(emulator.keys(account).apiKey()).multipart(body).send();
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.json();
    }

    private static List<String> ids(Reply reply) {
        return reply.json().getJsonArray("runs").stream().map(run -> ((JsonObject) run).getString("run_id")).toList();
    }
}
