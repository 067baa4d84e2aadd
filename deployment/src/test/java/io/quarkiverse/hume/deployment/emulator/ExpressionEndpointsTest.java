package io.quarkiverse.hume.deployment.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.hume.deployment.emulator.EmulatorCall.Reply;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

class ExpressionEndpointsTest extends EmulatorTestCase {

    private static final String PATH = "/v1/expression/audio/file";

    @Test
    void measure_recording_oneMeasurementPerSecond() {
        byte[] recording = wave(48_000, 120_000, 8_000);

        JsonObject body = measure(recording).json();

        assertThat(body.getString("run_id")).isNotBlank();
        assertThat(body.getString("type")).isEqualTo("audio");
        assertThat(body.getInteger("size")).isEqualTo(recording.length);
        assertThat(body.getDouble("duration_seconds")).isCloseTo(2.5, within(1e-9));
        JsonArray measurements = body.getJsonArray("measurements");
        assertThat(measurements).hasSize(3);
        for (int i = 0; i < 3; i++) {
            assertThat(measurements.getJsonObject(i).getDouble("start")).isEqualTo(i);
            assertThat(measurements.getJsonObject(i).getDouble("end")).isEqualTo(Math.min(2.5, i + 1));
            assertThat(measurements.getJsonObject(i).getJsonArray("expressions")).hasSize(5)
                    .allSatisfy(entry -> assertThat(((JsonObject) entry).getDouble("score")).isBetween(0.0, 1.0));
        }
    }

    @Test
    void measure_loudAndQuiet_excitedAndCalm() {
        JsonObject loud = scores(measure(wave(16_000, 16_000, 30_000)));
        JsonObject quiet = scores(measure(wave(16_000, 16_000, 300)));

        assertThat(loud.getDouble("Excitement")).isGreaterThan(quiet.getDouble("Excitement"));
        assertThat(loud.getDouble("Calmness")).isLessThan(quiet.getDouble("Calmness"));
    }

    @Test
    void measure_silence_calm() {
        assertThat(scores(measure(wave(16_000, 16_000, 0))).getDouble("Calmness")).isEqualTo(1);
    }

    @Test
    void measure_withToken_accepted() {
        Reply reply = call("POST", PATH).bearer(token(FIRST)).multipart(new MultipartBody().file("file", wave(16_000, 9, 1)))
                .send();

        assertThat(reply.status()).isEqualTo(200);
    }

    @Test
    void measure_withConfig_accepted() {
        MultipartBody body = new MultipartBody().file("file", wave(16_000, 100, 1))
                .json("config", new JsonObject().put("measurement_timer_ms", 5000));

        assertThat(withKey("POST", PATH).multipart(body).send().status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "{", "[]", "null", "text" })
    void config_notAnObject_refused(String config) {
        MultipartBody body = new MultipartBody().file("file", wave(16_000, 100, 1)).text("config", config);

        assertCloudError(withKey("POST", PATH).multipart(body).send(), 400, "config_invalid", "/config");
    }

    @Test
    void file_missing_refused() {
        MultipartBody body = new MultipartBody().json("config", new JsonObject());

        assertCloudError(withKey("POST", PATH).multipart(body).send(), 400, "file_missing", "/file");
    }

    @Test
    void body_notMultipart_refused() {
        assertCloudError(withKey("POST", PATH).json("{}").send(), 400, "body_invalid", null);
        assertCloudError(withKey("POST", PATH).body("multipart/form-data", new byte[10]).send(), 400, "body_invalid", null);
        assertCloudError(withKey("POST", PATH).body("multipart/form-data; boundary=x", new byte[10]).send(), 400,
                "body_invalid", null);
    }

    @Test
    void file_notSound_oneMeasurementWithoutDuration() {
        JsonObject body = measure(new byte[] { 1, 2, 3 }).json();

        assertThat(body.getInteger("size")).isEqualTo(3);
        assertThat(body.getValue("duration_seconds")).isNull();
        assertThat(body.getJsonArray("measurements")).hasSize(1);
    }

    @Test
    void file_oneSampleASecond_notTakenForSound() {
        assertThat(measure(wave(1, 100_000, 5)).json().getJsonArray("measurements")).hasSize(1);
    }

    private static Reply measure(byte[] recording) {
        Reply reply = withKey("POST", PATH).multipart(new MultipartBody().file("file", recording)).send();
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply;
    }

    private static JsonObject scores(Reply reply) {
        JsonObject scores = new JsonObject();
        for (Object entry : reply.json().getJsonArray("measurements").getJsonObject(0).getJsonArray("expressions")) {
            scores.put(((JsonObject) entry).getString("name"), ((JsonObject) entry).getDouble("score"));
        }
        return scores;
    }

    /** A rectangular wave. */
    private static byte[] wave(int sampleRate, int length, int amplitude) {
        short[] samples = new short[length];
        for (int i = 0; i < length; i++) {
            samples[i] = (short) (i / 40 % 2 == 0 ? amplitude : -amplitude);
        }
        return new WaveAudio(sampleRate, samples).encode().getBytes();
    }
}
