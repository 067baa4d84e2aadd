package io.quarkiverse.hume.emulator.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

class DecisionQuestionsTest {

    private static final String INSTRUCTIONS = "\"instructions\":\"?\"";

    @ParameterizedTest
    @ValueSource(strings = { "", "{", "[]", "null", "text", "{\"questions\":{},\"model\":\"x\"}" })
    void request_notAnObjectOrUnknownField_rejected(String text) {
        assertRejected(text, "request_invalid", "request");
    }

    @ParameterizedTest
    @ValueSource(strings = { "{}", "{\"questions\":{}}", "{\"questions\":null}", "{\"questions\":7}", "{\"questions\":[]}" })
    void questions_missing_rejected(String text) {
        assertRejected(text, "request_invalid", "/questions");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "7 | ", "{\"type\":\"noul\"} | ", "{\"type\":\"noul\",\"instructions\":\" \"} | ",
            "{@} | ", "{@,\"type\":\"yes_no\"} | ", "{@,\"type\":\"noul\",\"choices\":[]} | ",
            "{@,\"type\":\"noul\",\"criteria\":{\"yes\":\"?\"}} | /criteria",
            "{@,\"type\":\"noul\",\"criteria\":{\"true\":null}} | /criteria",
            "{@,\"type\":\"choice\"} | /criteria", "{@,\"type\":\"choice\",\"criteria\":[\"a\",\"b\"]} | /criteria",
            "{@,\"type\":\"choice\",\"criteria\":{\"a\":\"only\"}} | /criteria",
            "{@,\"type\":\"choice\",\"criteria\":{\"a\":\"?\",\"b\":7}} | /criteria",
            "{@,\"type\":\"score\",\"criteria\":[\"only\"]} | /criteria",
            "{@,\"type\":\"score\",\"criteria\":[\"low\",2]} | /criteria" })
    void question_invalid_rejectedWithPointer(String question, String below) {
        assertRejected("{\"questions\":{\"tone\":" + question.replace("@", INSTRUCTIONS) + "}}", "question_invalid",
                "/questions/tone" + (below == null ? "" : below));
    }

    @Test
    void id_withSlashAndTilde_escapedInPointer() {
        assertRejected("{\"questions\":{\"a/b~c\":7}}", "question_invalid", "/questions/a~1b~0c");
    }

    @Test
    void id_length_limited() {
        assertThat(read(new JsonObject().put("i".repeat(256), span()))).isNotNull();
        assertRejected(request(new JsonObject().put("i".repeat(257), span())), "question_invalid",
                "/questions/" + "i".repeat(257));
        assertRejected(request(new JsonObject().put("", span())), "question_invalid", "/questions/");
    }

    @Test
    void questions_number_limited() {
        JsonObject most = new JsonObject();
        for (int i = 0; i < 20; i++) {
            most.put("q" + i, new JsonObject().put("type", "noul").put("instructions", "?"));
        }
        for (int i = 0; i < 5; i++) {
            most.put("s" + i, span());
        }
        assertThat(read(most).getJsonObject("questions")).hasSize(25);
        assertRejected(request(most.copy().put("one more", span())), "request_invalid", "/questions");
        assertRejected(request(most.copy().put("one more", new JsonObject().put("type", "score").put("instructions", "?")
                .put("criteria", JsonArray.of("low", "high")))), "request_invalid", "/questions");
    }

    @Test
    void context_length_limited() {
        JsonObject questions = new JsonObject().put("s", span());

        assertThat(DecisionEndpoints.read(new JsonObject().put("questions", questions).put("context", "c".repeat(1000))
                .toBuffer(), null)).isNotNull();
        assertRejected(new JsonObject().put("questions", questions).put("context", "c".repeat(1001)).encode(),
                "request_invalid", "/context");
        assertRejected(new JsonObject().put("questions", questions).put("context", 7).encode(), "request_invalid", "/context");
    }

    private static JsonObject span() {
        return new JsonObject().put("type", "span").put("instructions", "?");
    }

    private static String request(JsonObject questions) {
        return new JsonObject().put("questions", questions).encode();
    }

    private static JsonObject read(JsonObject questions) {
        return DecisionEndpoints.read(Buffer.buffer(request(questions)), null);
    }

    private static void assertRejected(String text, String code, String parameter) {
        assertThatExceptionOfType(RejectedRequest.class)
                .isThrownBy(() -> DecisionEndpoints.read(Buffer.buffer(text), "request")).satisfies(rejected -> {
                    JsonObject body = rejected.answer().body().toJsonObject();
                    assertThat(rejected.answer().status()).isEqualTo(400);
                    assertThat(body.getString("code")).isEqualTo(code);
                    assertThat(body.getString("param")).isEqualTo(parameter);
                });
    }
}
