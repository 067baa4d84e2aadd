package io.quarkiverse.hume.deployment.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.hume.deployment.emulator.EmulatorCall.Reply;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

class DecisionEndpointsTest extends EmulatorTestCase {

    private static final String PATH = "/v0/decisions/file";
    private static final byte[] RECORDING = ToneSpeech.speak("A recording of somebody.").encode().getBytes();

    @Test
    void decide_everyType_answersKeyedByQuestion() {
        JsonObject body = decide(new JsonArray().add(question("calm", "yes_no"))
                .add(question("tone", "choice").put("choices", JsonArray.of("warm", "cold")))
                .add(question("volume", "score")).add(question("summary", "text"))).json();

        assertThat(body.getString("run_id")).isNotBlank();
        JsonObject answers = body.getJsonObject("answers");
        assertThat(answers.fieldNames()).containsExactlyInAnyOrder("calm", "tone", "volume", "summary");
        assertThat(answers.getJsonObject("calm").getString("answer")).isIn("yes", "no");
        assertThat(answers.getJsonObject("tone").getString("answer")).isIn("warm", "cold");
        assertThat(answers.getJsonObject("volume").getDouble("answer")).isBetween(0.0, 1.0);
        assertThat(answers.getJsonObject("summary").getString("answer")).matches("A recording of \\d\\.\\d seconds\\.");
        assertThat(answers.fieldNames()).allSatisfy(
                id -> assertThat(answers.getJsonObject(id).getDouble("confidence")).isBetween(0.5, 1.0));
    }

    @Test
    void decide_sameFileTwice_sameAnswersButAnotherRun() {
        JsonArray questions = JsonArray.of(question("volume", "score"));
        JsonObject first = decide(questions).json();
        JsonObject second = decide(questions).json();

        assertThat(second.getJsonObject("answers")).isEqualTo(first.getJsonObject("answers"));
        assertThat(second.getString("run_id")).isNotEqualTo(first.getString("run_id"));
    }

    @Test
    void decide_fileThatIsNoSound_answeredToo() {
        MultipartBody body = new MultipartBody().json("request", request(JsonArray.of(question("summary", "text"))))
                .file("file", new byte[] { 1, 2, 3 });

        JsonObject answers = withKey("POST", PATH).multipart(body).send().json().getJsonObject("answers");

        assertThat(answers.getJsonObject("summary").getString("answer")).isEqualTo("A recording of 3 bytes.");
    }

    @Test
    void decide_withToken_refused() {
        MultipartBody body = new MultipartBody().json("request", request(JsonArray.of(question("q", "yes_no"))))
                .file("file", RECORDING);

        assertThat(call("POST", PATH).bearer(token(FIRST)).multipart(body).send().status()).isEqualTo(401);
    }

    @Test
    void parts_fileFirst_refused() {
        MultipartBody body = new MultipartBody().file("file", RECORDING)
                .json("request", request(JsonArray.of(question("q", "yes_no"))));

        assertCloudError(withKey("POST", PATH).multipart(body).send(), 400, "part_order_invalid", "/request");
    }

    @Test
    void parts_requestMissing_refused() {
        MultipartBody body = new MultipartBody().file("file", RECORDING);

        assertCloudError(withKey("POST", PATH).multipart(body).send(), 400, "request_missing", "/request");
    }

    @Test
    void parts_fileMissing_refused() {
        MultipartBody body = new MultipartBody().json("request", request(JsonArray.of(question("q", "yes_no"))));

        assertCloudError(withKey("POST", PATH).multipart(body).send(), 400, "file_missing", "/file");
    }

    @Test
    void parts_none_refused() {
        assertCloudError(withKey("POST", PATH).multipart(new MultipartBody()).send(), 400, "request_missing", "/request");
    }

    @Test
    void body_notMultipart_refused() {
        assertCloudError(withKey("POST", PATH).json("{}").send(), 400, "body_invalid", null);
        assertCloudError(withKey("POST", PATH).send(), 400, "body_invalid", null);
    }

    @Test
    void body_truncatedMultipart_refused() {
        MultipartBody body = new MultipartBody().json("request", request(JsonArray.of(question("q", "yes_no"))))
                .file("file", RECORDING);

        Reply reply = withKey("POST", PATH).body(body.contentType(), body.truncated()).send();

        assertCloudError(reply, 400, "body_invalid", null);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "{", "[]", "null", "text" })
    void request_notAnObject_refused(String text) {
        assertCloudError(send(text), 400, "request_invalid", "/request");
    }

    @ParameterizedTest
    @ValueSource(strings = { "{}", "{\"questions\":[]}", "{\"questions\":null}", "{\"questions\":7}" })
    void questions_missing_refused(String text) {
        assertCloudError(send(text), 400, "questions_missing", "/questions");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "7 | /questions/0", "{\"question\":\"?\",\"type\":\"text\"} | /questions/0/id",
            "{\"id\":\"a\",\"type\":\"text\"} | /questions/0/question",
            "{\"id\":\"a\",\"question\":\"?\"} | /questions/0/type",
            "{\"id\":\"a\",\"question\":\"?\",\"type\":\"guess\"} | /questions/0/type",
            "{\"id\":\"a\",\"question\":\"?\",\"type\":\"choice\"} | /questions/0/choices",
            "{\"id\":\"a\",\"question\":\"?\",\"type\":\"choice\",\"choices\":[]} | /questions/0/choices" })
    void question_incomplete_refusedWithPointer(String question, String pointer) {
        assertCloudError(send("{\"questions\":[" + question + "]}"), 400, "question_invalid", pointer);
    }

    @Test
    void questions_sameIdTwice_refused() {
        assertCloudError(decide(JsonArray.of(question("q", "yes_no"), question("q", "score"))), 400, "question_invalid",
                "/questions/1/id");
    }

    @Test
    void decide_refused_leavesNoRun() {
        send("{}");

        assertThat(withKey("GET", "/v0/decisions/run").send().json().getJsonArray("runs")).isEmpty();
    }

    private static Reply decide(JsonArray questions) {
        return send(request(questions).encode());
    }

    private static Reply send(String request) {
        return withKey("POST", PATH).multipart(new MultipartBody().text("request", request).file("file", RECORDING)).send();
    }

    private static JsonObject request(JsonArray questions) {
        return new JsonObject().put("questions", questions);
    }

    private static JsonObject question(String id, String type) {
        return new JsonObject().put("id", id).put("question", "Is it so?").put("type", type);
    }
}
