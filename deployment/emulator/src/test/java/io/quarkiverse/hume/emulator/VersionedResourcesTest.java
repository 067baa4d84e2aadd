package io.quarkiverse.hume.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.hume.emulator.EmulatorCall.Reply;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Configurations, prompts and tools have the same nine endpoints. */
class VersionedResourcesTest extends EmulatorTestCase {

    private static final JsonObject FIELDS = new JsonObject().put("evi_version", "3").put("text", "Be brief.")
            .put("parameters", "{}");

    @ParameterizedTest
    @ValueSource(strings = { "configs", "prompts", "tools" })
    void created_versionedRenamedAndGone(String kind) {
        String all = "/v0/evi/" + kind;
        clock.advance(Duration.ofSeconds(1));
        JsonObject created = send("POST", all, FIELDS.copy().put("name", "Weather"), 201);
        String one = all + "/" + created.getString("id");
        assertThat(created.getInteger("version")).isZero();
        assertThat(created.getLong("created_on")).isEqualTo(clock.instant().toEpochMilli());

        clock.advance(Duration.ofSeconds(1));
        JsonObject second = send("POST", one, FIELDS.copy().put("version_description", "Second"), 201);
        assertThat(second.getInteger("version")).isEqualTo(1);
        assertThat(second.getString("name")).isEqualTo("Weather");
        assertThat(second.getLong("created_on")).isEqualTo(created.getLong("created_on"));
        assertThat(second.getLong("modified_on")).isEqualTo(clock.instant().toEpochMilli());

        assertThat(versions(kind, one)).containsExactly(1);
        assertThat(versions(kind, one + "?restrict_to_most_recent=false")).containsExactly(0, 1);
        assertThat(versions(kind, all + "?name=Weather")).containsExactly(1);
        assertThat(versions(kind, all + "?name=Weather&restrict_to_most_recent=false")).containsExactly(0, 1);
        assertThat(versions(kind, all + "?name=weather")).isEmpty();

        assertThat(send("GET", one + "/version/0", null, 200)).isEqualTo(created);
        send("PATCH", one + "/version/0", new JsonObject().put("version_description", "First"), 200);
        assertThat(send("GET", one + "/version/0", null, 200).getString("version_description")).isEqualTo("First");

        Reply renamed = withKey("PATCH", one).json(new JsonObject().put("name", "Climate")).send();
        assertThat(renamed.text()).isEqualTo("Climate");
        assertThat(versions(kind, all + "?name=Weather")).isEmpty();
        assertThat(versions(kind, all + "?name=Climate&restrict_to_most_recent=false")).containsExactly(0, 1);

        assertThat(withKey("DELETE", one + "/version/0").send().status()).isEqualTo(200);
        assertThat(withKey("GET", one + "/version/0").send().status()).isEqualTo(404);
        assertThat(versions(kind, one + "?restrict_to_most_recent=false")).containsExactly(1);
        assertThat(withKey("DELETE", one).send().status()).isEqualTo(200);
        for (String gone : List.of(one, one + "/version/1")) {
            assertThat(withKey("GET", gone).send().status()).isEqualTo(404);
        }
        assertThat(withKey("DELETE", one).send().status()).isEqualTo(404);
        assertThat(withKey("PATCH", one).json(new JsonObject().put("name", "x")).send().status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = { "configs", "prompts", "tools" })
    void lastVersion_deleted_resourceIsGone(String kind) {
        JsonObject created = send("POST", "/v0/evi/" + kind, FIELDS.copy().put("name", "Once"), 201);
        String one = "/v0/evi/" + kind + "/" + created.getString("id");

        assertThat(withKey("DELETE", one + "/version/0").send().status()).isEqualTo(200);

        assertThat(withKey("GET", one).send().status()).isEqualTo(404);
        assertThat(versions(kind, "/v0/evi/" + kind + "?name=Once")).isEmpty();
    }

    @Test
    void resource_ofOneAccount_unknownToTheOther_goneAfterAReset() {
        JsonObject created = send("POST", "/v0/evi/prompts", FIELDS.copy().put("name", "Mine"), 201);
        String one = "/v0/evi/prompts/" + created.getString("id");

        assertThat(call("GET", one).apiKey(emulator.keys(SECOND).apiKey()).send().status()).isEqualTo(404);
        emulator.reset();
        assertThat(withKey("GET", one).send().status()).isEqualTo(404);
    }

    @Test
    void sampleConfig_deleted_onlyUntilAReset() {
        String id = ids("/v0/evi/configs").get(0);
        withKey("DELETE", "/v0/evi/configs/" + id).send();
        assertThat(ids("/v0/evi/configs")).hasSize(2).doesNotContain(id);

        emulator.reset();

        assertThat(ids("/v0/evi/configs")).hasSize(3).contains(id);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "configs | {\"evi_version\":\"3\"} | name",
            "configs | {\"name\":\"a\"} | evi_version",
            "configs | {\"name\":\"a\",\"evi_version\":3} | evi_version", "prompts | {\"name\":\"a\"} | text",
            "prompts | {\"name\":\"a\",\"text\":\" \"} | text", "tools | {\"name\":\"a\"} | parameters",
            "configs | {\"name\":\"a\",\"evi_version\":\"3\",\"voice\":\"Ava\"} | voice",
            "configs | {\"name\":\"a\",\"evi_version\":\"3\",\"voice\":{\"name\":\"None\"}} | voice",
            "configs | {\"name\":\"a\",\"evi_version\":\"3\",\"prompt\":{\"id\":\"none\"}} | prompt",
            "configs | {\"name\":\"a\",\"evi_version\":\"3\",\"tools\":[{\"id\":\"none\"}]} | tools",
            "configs | {\"name\":\"a\",\"evi_version\":\"3\",\"tools\":[7]} | tools",
            "configs | {\"name\":\"a\",\"evi_version\":\"3\",\"tools\":[{\"id\":\"a\",\"version\":\"0\"}]} | version",
            "configs | {\"name\":\"a\",\"evi_version\":\"3\",\"event_messages\":{\"on_new_chat\":7}} | on_new_chat" })
    void body_notAsDocumented_unprocessableAndNamed(String kind, String body, String field) {
        assertUnprocessable(withKey("POST", "/v0/evi/" + kind).json(body).send(), "body", field);
    }

    @ParameterizedTest
    @ValueSource(strings = { "restrict_to_most_recent=maybe", "restrict_to_most_recent=" })
    void flag_ofAnotherKind_unprocessable(String query) {
        assertUnprocessable(withKey("GET", "/v0/evi/tools?" + query).send(), "query", "restrict_to_most_recent");
        assertThat(withKey("POST", "/v0/evi/tools").json(FIELDS.copy().put("name", "a")).send().status()).isEqualTo(201);
        assertUnprocessable(withKey("GET", "/v0/evi/tools?" + query).send(), "query", "restrict_to_most_recent");
    }

    @Test
    void config_references_readWithIt() {
        JsonObject prompt = send("POST", "/v0/evi/prompts", FIELDS.copy().put("name", "P"), 201);
        JsonObject tool = send("POST", "/v0/evi/tools", FIELDS.copy().put("name", "T"), 201);
        JsonObject config = send("POST", "/v0/evi/configs", new JsonObject().put("name", "C").put("evi_version", "3")
                .put("prompt", new JsonObject().put("id", prompt.getString("id")).put("version", 0))
                .put("tools", new JsonArray().add(new JsonObject().put("id", tool.getString("id"))))
                .put("builtin_tools", new JsonArray().add(new JsonObject().put("name", "hang_up")))
                .put("ellm_model", new JsonObject()).put("timeouts", new JsonObject()), 201);

        assertThat(config.getJsonObject("prompt")).isEqualTo(prompt);
        assertThat(config.getJsonArray("tools").getJsonObject(0))
                .isEqualTo(tool.copy().put("version_type", "LATEST"));
        assertThat(config.getJsonArray("builtin_tools").getJsonObject(0).getString("tool_type")).isEqualTo("BUILTIN");
        assertThat(config.getJsonObject("ellm_model").getBoolean("allow_short_responses")).isFalse();
        assertThat(config.getJsonObject("timeouts").fieldNames()).containsExactlyInAnyOrder("inactivity", "max_duration");
    }

    private static JsonObject send(String method, String path, JsonObject body, int status) {
        EmulatorCall call = withKey(method, path);
        Reply reply = (body == null ? call : call.json(body)).send();
        assertThat(reply.status()).as(reply.text()).isEqualTo(status);
        return reply.json();
    }

    private static List<Integer> versions(String kind, String path) {
        return send("GET", path, null, 200).getJsonArray(kind + "_page").stream()
                .map(entry -> ((JsonObject) entry).getInteger("version")).toList();
    }

    private static List<String> ids(String path) {
        return send("GET", path, null, 200).getJsonArray("configs_page").stream()
                .map(entry -> ((JsonObject) entry).getString("id")).toList();
    }
}
