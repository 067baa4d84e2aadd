package io.quarkiverse.hume.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.hume.emulator.EmulatorCall.Reply;
import io.quarkiverse.hume.emulator.sound.ToneSpeech;
import io.quarkiverse.hume.emulator.sound.WaveAudio;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

class DecisionEndpointsTest extends EmulatorTestCase {

    private static final String PATH = "/v0/decisions/file";
    private static final byte[] RECORDING = ToneSpeech.speak("A recording of somebody.").encode().getBytes();
    private static final JsonObject QUESTIONS = new JsonObject().put("calm", question("noul"));

    @Test
    void decide_response_documentedShape() {
        JsonObject body = decide(QUESTIONS).json();

        assertThat(body.fieldNames()).containsExactlyInAnyOrder("run_id", "received", "answers");
        assertThat(body.getString("run_id")).isNotBlank();
        assertThat(body.getJsonObject("received").getInteger("file_bytes")).isEqualTo(RECORDING.length);
        assertThat(body.getJsonObject("received").getInteger("input_tokens")).isPositive();
        assertThat(body.getJsonObject("answers").fieldNames()).containsExactly("calm");
    }

    @Test
    void noul_answer_shareOfYes() {
        JsonObject answer = answer(question("noul").put("criteria", new JsonObject().put("true", "Slow and soft")));

        assertThat(answer.fieldNames()).containsExactlyInAnyOrder("type", "noul");
        assertThat(answer.getString("type")).isEqualTo("noul");
        assertThat(answer.getDouble("noul")).isBetween(0.0, 1.0);
    }

    @Test
    void choice_answer_mostProbableOption() {
        JsonObject answer = answer(question("choice")
                .put("criteria", new JsonObject().put("warm", "Friendly").putNull("cold").put("flat", "")));

        assertThat(answer.fieldNames()).containsExactlyInAnyOrder("type", "choice", "probabilities", "confidence");
        JsonObject probabilities = answer.getJsonObject("probabilities");
        assertThat(probabilities.fieldNames()).containsExactlyInAnyOrder("warm", "cold", "flat");
        assertThat(sum(probabilities)).isCloseTo(1, within(0.001));
        double chosen = probabilities.getDouble(answer.getString("choice"));
        assertThat(probabilities.fieldNames())
                .allSatisfy(option -> assertThat(probabilities.getDouble(option)).isLessThanOrEqualTo(chosen));
        assertThat(answer.getDouble("confidence")).isBetween(0.0, 1.0);
    }

    @Test
    void score_answer_meanLevelWithLegend() {
        JsonObject answer = answer(question("score").put("criteria", JsonArray.of("low", "middle", "high")));

        assertThat(answer.fieldNames()).containsExactlyInAnyOrder("type", "score", "legend", "probabilities", "confidence");
        assertThat(answer.getJsonObject("legend"))
                .isEqualTo(new JsonObject().put("0", "low").put("1", "middle").put("2", "high"));
        JsonObject probabilities = answer.getJsonObject("probabilities");
        assertThat(sum(probabilities)).isCloseTo(1, within(0.001));
        assertThat(answer.getDouble("score"))
                .isCloseTo(probabilities.getDouble("1") + 2 * probabilities.getDouble("2"), within(0.001));
    }

    @Test
    void span_answer_withinTheRecording() {
        JsonObject span = answer(question("span")).getJsonArray("spans").getJsonObject(0);

        double millis = WaveAudio.decode(RECORDING).orElseThrow().seconds() * 1_000;
        assertThat(span.getDouble("start_ms")).isBetween(0.0, span.getDouble("end_ms"));
        assertThat(span.getDouble("end_ms")).isLessThanOrEqualTo(millis);
        assertThat(span.getDouble("probability")).isBetween(0.0, 1.0);
    }

    @Test
    void decide_sameFileTwice_sameAnswersButAnotherRun() {
        JsonObject first = decide(QUESTIONS).json();
        JsonObject second = decide(QUESTIONS).json();

        assertThat(second.getJsonObject("answers")).isEqualTo(first.getJsonObject("answers"));
        assertThat(second.getString("run_id")).isNotEqualTo(first.getString("run_id"));
    }

    @Test
    void decide_withToken_rejected() {
        assertThat(call("POST", PATH).bearer(token(FIRST)).multipart(complete(RECORDING)).send().status()).isEqualTo(401);
    }

    @Test
    void file_mp3_answered() {
        assertThat(withKey("POST", PATH).multipart(complete(new byte[] { 'I', 'D', '3', 4 })).send().status()).isEqualTo(200);
        assertThat(withKey("POST", PATH).multipart(complete(new byte[] { -1, -5, 4, 4 })).send().status()).isEqualTo(200);
    }

    @Test
    void file_neitherWaveNorMp3_rejected() {
        Reply reply = withKey("POST", PATH).multipart(complete(new byte[] { 1, 2, 3 })).send();

        assertCloudError(reply, 400, "audio_format_unsupported", "file");
    }

    @Test
    void file_longerThanFiveMinutes_rejected() {
        byte[] recording = new WaveAudio(8_000, Samples.of(new short[8_000 * 300 + 1]), 1).encode().getBytes();

        assertCloudError(withKey("POST", PATH).multipart(complete(recording)).send(), 400, "audio_too_long", "file");
    }

    @Test
    void body_largerThanAnUpload_rejected() {
        assertCloudError(withKey("POST", PATH).multipart(complete(new byte[25_000_001])).send(), 413, "payload_too_large",
                null);
    }

    @Test
    void parts_fileFirst_rejected() {
        MultipartBody body = new MultipartBody().file("file", RECORDING)
                .json("request", new JsonObject().put("questions", QUESTIONS));

        assertCloudError(withKey("POST", PATH).multipart(body).send(), 400, "message_invalid", "request");
    }

    @Test
    void parts_requestMissing_rejected() {
        MultipartBody body = new MultipartBody().file("file", RECORDING);

        assertCloudError(withKey("POST", PATH).multipart(body).send(), 400, "message_invalid", "request");
    }

    @Test
    void parts_notOneFile_rejected() {
        MultipartBody none = new MultipartBody().json("request", new JsonObject().put("questions", QUESTIONS));

        assertCloudError(withKey("POST", PATH).multipart(none).send(), 400, "message_invalid", "file");
        assertCloudError(withKey("POST", PATH).multipart(complete(RECORDING).file("file", RECORDING)).send(), 400,
                "message_invalid", "file");
        assertCloudError(withKey("POST", PATH).multipart(new MultipartBody()).send(), 400, "message_invalid", "file");
    }

    @Test
    void body_notMultipart_rejected() {
        assertCloudError(withKey("POST", PATH).json("{}").send(), 400, "message_invalid", null);
        assertCloudError(withKey("POST", PATH).send(), 400, "message_invalid", null);
    }

    @Test
    void body_truncatedMultipart_rejected() {
        MultipartBody body = complete(RECORDING);

        Reply reply = withKey("POST", PATH).body(body.contentType(), body.truncated()).send();

        assertCloudError(reply, 400, "message_invalid", null);
    }

    @Test
    void decide_rejected_leavesNoRun() {
        decide(new JsonObject());

        assertThat(withKey("GET", "/v0/decisions/run").send().json().getJsonArray("runs")).isEmpty();
    }

    @Test
    void estimate_request_sameTokensAsBilled() {
        JsonObject billed = decide(QUESTIONS).json().getJsonObject("received");

        Reply reply = estimate(Math.round(WaveAudio.decode(RECORDING).orElseThrow().seconds() * 1_000));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json()).isEqualTo(new JsonObject().put("input_tokens", billed.getInteger("input_tokens")));
        assertThat(estimate(60_000).json().getInteger("input_tokens")).isGreaterThan(billed.getInteger("input_tokens"));
    }

    @Test
    void estimate_durationOutOfRange_rejected() {
        assertThat(estimate(1_000).status()).isEqualTo(200);
        assertThat(estimate(300_000).status()).isEqualTo(200);
        assertCloudError(estimate(999), 400, "audio_too_short", "/audio_duration_ms");
        assertCloudError(estimate(300_001), 400, "audio_too_long", "/audio_duration_ms");
    }

    @ParameterizedTest
    @ValueSource(strings = { "\"long\"", "null", "1000.5" })
    void estimate_durationNotWhole_rejected(String duration) {
        Reply reply = withKey("POST", PATH + "/input_tokens")
                .json("{\"audio_duration_ms\":" + duration + ",\"questions\":" + QUESTIONS.encode() + "}").send();

        assertCloudError(reply, 400, "request_invalid", "/audio_duration_ms");
    }

    private static Reply estimate(long millis) {
        return withKey("POST", PATH + "/input_tokens")
                .json(new JsonObject().put("audio_duration_ms", millis).put("questions", QUESTIONS)).send();
    }

    private static JsonObject answer(JsonObject question) {
        Reply reply = decide(new JsonObject().put("q", question));
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.json().getJsonObject("answers").getJsonObject("q");
    }

    private static Reply decide(JsonObject questions) {
        return withKey("POST", PATH).multipart(new MultipartBody()
                .json("request", new JsonObject().put("questions", questions)).file("file", RECORDING)).send();
    }

    private static MultipartBody complete(byte[] file) {
        return new MultipartBody().json("request", new JsonObject().put("questions", QUESTIONS)).file("file", file);
    }

    private static JsonObject question(String type) {
        return new JsonObject().put("type", type).put("instructions", "Is it so?");
    }

    private static double sum(JsonObject probabilities) {
        return probabilities.fieldNames().stream().mapToDouble(probabilities::getDouble).sum();
    }
}
