package io.quarkiverse.hume.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.hume.emulator.EmulatorCall.Reply;
import io.quarkiverse.hume.emulator.sound.WaveAudio;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

class ExpressionEndpointsTest extends EmulatorTestCase {

    private static final String PATH = "/v1/expression/audio/file";
    private static final int RATE = 16_000;

    @Test
    void measure_recording_documentedShape() {
        JsonObject body = measure(wave(RATE, 5 * RATE / 2, 8_000)).json();

        assertThat(body.fieldNames()).containsExactlyInAnyOrder("run_id", "utterances");
        assertThat(body.getJsonArray("utterances")).hasSize(1);
        JsonObject utterance = body.getJsonArray("utterances").getJsonObject(0);
        assertThat(utterance.fieldNames()).containsExactlyInAnyOrder("audio_start_ms", "audio_end_ms", "measurements");
        assertThat(times(utterance)).containsExactly(0, 2_500);
        JsonObject measurement = utterance.getJsonArray("measurements").getJsonObject(0);
        assertThat(measurement.fieldNames()).containsExactlyInAnyOrder("trigger", "audio_start_ms", "audio_end_ms",
                "expressions", "voice_attributes");
        assertScores(measurement.getJsonArray("expressions"));
        assertScores(measurement.getJsonArray("voice_attributes"));
    }

    @ParameterizedTest
    @CsvSource({ "2500, 3000, speech_ended 0-2500", "7000, 3000, interval 0-3000;interval 0-6000;speech_ended 0-7000",
            "6900, 3000, interval 0-3000;interval 0-6000", "14000, 10000, interval 0-10000;speech_ended 4000-14000",
            "13000, 6000, interval 0-6000;interval 2000-12000;speech_ended 3000-13000" })
    void measure_speech_measuredAtIntervalsAndAtItsEnd(int millis, int timer, String expected) {
        MultipartBody body = new MultipartBody().file("file", wave(RATE, RATE / 1_000 * millis, 8_000))
                .json("config", new JsonObject().put("measurement_timer_ms", timer));

        JsonArray measurements = withKey("POST", PATH).multipart(body).send().json().getJsonArray("utterances")
                .getJsonObject(0).getJsonArray("measurements");

        assertThat(measurements.stream().map(JsonObject.class::cast).map(measurement -> measurement.getString("trigger") + " "
                + measurement.getInteger("audio_start_ms") + "-" + measurement.getInteger("audio_end_ms")))
                .containsExactly(expected.split(";"));
    }

    @Test
    void measure_pause_dividesUtterances() {
        short[] samples = samples(4 * RATE, 8_000);
        Arrays.fill(samples, RATE, 2 * RATE, (short) 0);
        Arrays.fill(samples, 3 * RATE, 3 * RATE + RATE / 2, (short) 0);

        JsonArray utterances = measure(new WaveAudio(RATE, Samples.of(samples), 1).encode().getBytes()).json()
                .getJsonArray("utterances");

        assertThat(utterances).hasSize(2);
        assertThat(times(utterances.getJsonObject(0))).containsExactly(0, 1_000);
        assertThat(times(utterances.getJsonObject(1))).containsExactly(2_000, 4_000);
    }

    @Test
    void measure_loudAndQuiet_eagerAndCalm() {
        JsonObject loud = first(measure(wave(RATE, RATE, 30_000)));
        JsonObject quiet = first(measure(wave(RATE, RATE, 300)));

        assertThat(score(loud, "expressions", "eagerness")).isGreaterThan(score(quiet, "expressions", "eagerness"));
        assertThat(score(loud, "voice_attributes", "calm")).isLessThan(score(quiet, "voice_attributes", "calm"));
    }

    @Test
    void measure_silence_noUtterance() {
        assertThat(measure(wave(RATE, RATE, 0)).json().getJsonArray("utterances")).isEmpty();
        assertThat(measure(new byte[0]).json().getJsonArray("utterances")).isEmpty();
    }

    @Test
    void measure_samplesWithoutHeader_sameAsWave() {
        byte[] wave = wave(RATE, RATE, 8_000);

        assertThat(measure(Arrays.copyOfRange(wave, 44, wave.length)).json().getJsonArray("utterances"))
                .isEqualTo(measure(wave).json().getJsonArray("utterances"));
    }

    @Test
    void measure_withToken_accepted() {
        Reply reply = call("POST", PATH).bearer(token(FIRST)).multipart(new MultipartBody().file("file", wave(RATE, 9, 1)))
                .send();

        assertThat(reply.status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "{", "[]", "null", "text", "{\"timer_ms\":3000}", "{\"measurement_timer_ms\":2999}",
            "{\"measurement_timer_ms\":10001}", "{\"measurement_timer_ms\":\"3000\"}", "{\"measurement_timer_ms\":null}",
            "{\"measurement_timer_ms\":3000,\"more\":1}" })
    void config_invalid_rejected(String config) {
        MultipartBody body = new MultipartBody().file("file", wave(RATE, 100, 1)).text("config", config);

        assertCloudError(withKey("POST", PATH).multipart(body).send(), 400, "config_invalid", null);
    }

    @ParameterizedTest
    @ValueSource(strings = { "{}", "{\"measurement_timer_ms\":3000}", "{\"measurement_timer_ms\":10000}" })
    void config_valid_accepted(String config) {
        MultipartBody body = new MultipartBody().file("file", wave(RATE, 100, 1)).text("config", config);

        assertThat(withKey("POST", PATH).multipart(body).send().status()).isEqualTo(200);
    }

    @Test
    void file_notExactlyOne_rejected() {
        byte[] wave = wave(RATE, 100, 1);

        assertCloudError(upload(new MultipartBody().json("config", new JsonObject())), 400, "message_invalid", null);
        assertCloudError(upload(new MultipartBody().file("file", wave).file("file", wave)), 400, "message_invalid", null);
    }

    @Test
    void body_notMultipart_rejected() {
        assertCloudError(withKey("POST", PATH).json("{}").send(), 400, "message_invalid", null);
        assertCloudError(withKey("POST", PATH).body("multipart/form-data", new byte[10]).send(), 400, "message_invalid", null);
        assertCloudError(withKey("POST", PATH).body("multipart/form-data; boundary=x", new byte[10]).send(), 400,
                "message_invalid", null);
    }

    @Test
    void file_otherFormat_rejected() {
        byte[] stereo = wave(RATE, 100, 1);
        stereo[22] = 2;

        for (byte[] file : List.of(stereo, wave(48_000, 100, 1), wave(8_000, 100, 1), new byte[] { 1, 2, 3 })) {
            assertCloudError(upload(new MultipartBody().file("file", file)), 400, "audio_format_unsupported", null);
        }
    }

    private static Reply upload(MultipartBody body) {
        return withKey("POST", PATH).multipart(body).send();
    }

    private static Reply measure(byte[] recording) {
        Reply reply = upload(new MultipartBody().file("file", recording));
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply;
    }

    private static JsonObject first(Reply reply) {
        return reply.json().getJsonArray("utterances").getJsonObject(0).getJsonArray("measurements").getJsonObject(0);
    }

    private static List<Integer> times(JsonObject stretch) {
        return List.of(stretch.getInteger("audio_start_ms"), stretch.getInteger("audio_end_ms"));
    }

    private static double score(JsonObject measurement, String array, String name) {
        return measurement.getJsonArray(array).stream().map(JsonObject.class::cast)
                .filter(score -> score.getString("name").equals(name)).findFirst().orElseThrow().getDouble("probability");
    }

    private static void assertScores(JsonArray scores) {
        assertThat(scores).isNotEmpty().map(JsonObject.class::cast).allSatisfy(score -> {
            assertThat(score.getString("name")).isLowerCase();
            assertThat(score.getDouble("probability")).isBetween(0.0, 1.0);
        }).isSortedAccordingTo((one, other) -> other.getDouble("probability").compareTo(one.getDouble("probability")));
    }

    /** A rectangular wave. */
    private static byte[] wave(int sampleRate, int length, int amplitude) {
        return new WaveAudio(sampleRate, Samples.of(samples(length, amplitude)), 1).encode().getBytes();
    }

    private static short[] samples(int length, int amplitude) {
        short[] samples = new short[length];
        for (int i = 0; i < length; i++) {
            samples[i] = (short) (i / 40 % 2 == 0 ? amplitude : -amplitude);
        }
        return samples;
    }
}
