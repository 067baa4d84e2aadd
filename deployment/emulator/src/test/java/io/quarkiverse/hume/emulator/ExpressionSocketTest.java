package io.quarkiverse.hume.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

class ExpressionSocketTest extends SocketTestCase {

    private static final int SAMPLE_RATE = 16_000;
    private static final int FRAME_BYTES = 3_200;

    @Test
    void open_new_createdWithTheDefaults() {
        JsonObject created = open(EXPRESSION).next();

        assertThat(created.getString("type")).isEqualTo("session.created");
        assertThat(created.getString("session_id")).isNotBlank();
        assertThat(created.getJsonObject("config")).isEqualTo(config(3_000));
    }

    @Test
    void open_withToken_created() {
        SocketClient session = open(EXPRESSION, "Authorization", "Bearer " + token(SECOND));

        assertThat(session.next().getString("type")).isEqualTo("session.created");
        assertThat(sockets().get(0).getString("account")).isEqualTo(SECOND);
    }

    @Test
    void audio_sevenSecondsOfSpeech_measuredAtIntervals() {
        SocketClient session = opened();
        stream(session, sound(7, 0.5));

        List<JsonObject> messages = session.send(message("session.close")).until("session.closed");

        assertThat(messages).extracting(message -> message.getString("type")).containsExactly("utterance.start",
                "measurement.result", "measurement.result", "measurement.result", "utterance.end", "session.closed");
        assertThat(messages.subList(1, 4)).extracting(result -> result.getString("trigger")).containsExactly("interval",
                "interval", "speech_ended");
        assertThat(messages.subList(1, 4)).extracting(result -> result.getInteger("audio_end_ms")).containsExactly(3_000,
                6_000, 7_000);
        assertThat(messages.subList(1, 4)).allSatisfy(result -> {
            assertThat(result.getJsonArray("expressions")).isNotEmpty();
            assertThat(result.getJsonArray("voice_attributes")).isNotEmpty();
        });
        assertThat(session.closedWith()).isEqualTo(1000);
    }

    @Test
    void audio_longEnough_measuredBeforeTheSessionEnds() {
        SocketClient session = opened();
        stream(session, sound(3.2, 0.5));

        assertThat(session.until("measurement.result")).hasSize(2);
        assertThat(session.open()).isTrue();
    }

    @Test
    void audio_afterAPause_utteranceEndsWithoutClose() {
        SocketClient session = opened();
        stream(session, join(sound(1, 0.5), sound(1, 0), sound(1, 0.5)));

        List<JsonObject> first = session.until("utterance.end");
        assertThat(first.get(2).getInteger("audio_start_ms")).isZero();
        assertThat(first.get(2).getInteger("audio_end_ms")).isEqualTo(1_000);
        assertThat(session.next().getInteger("audio_start_ms")).isEqualTo(2_000);
    }

    @ParameterizedTest
    @ValueSource(ints = { 2, 1_000, 3_200, 31_998, 320_000 })
    void audio_inFramesOfAnySize_sameResultsAsTheUpload(int frameBytes) {
        byte[] recording = join(sound(0.35, 0), sound(4.2, 0.3), sound(0.5, 0), sound(13.1, 0.7), sound(0.75, 0),
                sound(0.2, 0.9), sound(2, 0), sound(3.05, 0.1));
        byte[] sent = frameBytes == 2 ? Arrays.copyOf(recording, FRAME_BYTES) : recording;
        SocketClient session = opened();
        for (int at = 0; at < sent.length; at += frameBytes) {
            session.send(Arrays.copyOfRange(sent, at, Math.min(sent.length, at + frameBytes)));
        }

        List<JsonObject> messages = session.send(message("session.close")).until("session.closed");

        assertThat(asUpload(messages)).isEqualTo(uploaded(sent));
    }

    @Test
    void update_beforeTheAudio_obeyed() {
        SocketClient session = opened();

        JsonObject updated = session.send(message("session.update").put("config", config(4_000))).next();
        assertThat(updated.getString("type")).isEqualTo("session.updated");
        assertThat(updated.getJsonObject("config")).isEqualTo(config(4_000));

        stream(session, sound(4.5, 0.5));
        assertThat(session.until("measurement.result").get(1).getInteger("audio_end_ms")).isEqualTo(4_000);
    }

    @Test
    void update_afterTheFirstAudio_endsTheSession() {
        SocketClient session = opened().send(new byte[FRAME_BYTES]);

        JsonObject error = session.send(message("session.update").put("config", config(4_000))).next();

        assertThat(error.getString("code")).isEqualTo("config_invalid");
        assertThat(session.closedWith()).isEqualTo(1008);
    }

    @ParameterizedTest
    @ValueSource(strings = { "{\"type\":\"session.update\"}", "{\"type\":\"session.update\",\"config\":7}",
            "{\"type\":\"session.update\",\"config\":{\"measurement_timer_ms\":2999}}",
            "{\"type\":\"session.update\",\"config\":{\"measurement_timer_ms\":\"3000\"}}",
            "{\"type\":\"session.update\",\"config\":{\"timer_ms\":3000}}" })
    void update_invalid_endsTheSession(String update) {
        SocketClient session = opened();

        assertThat(session.send(update).next().getString("code")).isEqualTo("config_invalid");
        assertThat(session.closedWith()).isEqualTo(1008);
    }

    @ParameterizedTest
    @ValueSource(ints = { 0, 1, 3_201, 320_002 })
    void audio_invalidFrame_errorAndTheSessionGoesOn(int bytes) {
        SocketClient session = opened();

        assertThat(session.send(new byte[bytes]).next().getString("code")).isEqualTo("invalid_audio_frame");
        assertThat(session.send(message("session.close")).next().getString("type")).isEqualTo("session.closed");
    }

    @Test
    void message_aboveOneMebibyte_errorAndClosed() {
        SocketClient binary = opened().send(new byte[(1 << 20) + 1]);
        SocketClient text = opened().send("a".repeat((1 << 20) + 1));

        assertThat(List.of(binary, text)).allSatisfy(session -> {
            assertThat(session.next().getString("code")).isEqualTo("message_too_large");
            assertThat(session.closedWith()).isEqualTo(1009);
        });
    }

    @ParameterizedTest
    @CsvSource({ "{", "[]", "null", "{}", "{\"type\":\"session.destroy\"}" })
    void message_invalid_errorAndTheSessionGoesOn(String message) {
        SocketClient session = opened();

        JsonObject error = session.send(message).next();

        assertThat(error.getString("type")).isEqualTo("error");
        assertThat(error.getString("code")).isEqualTo("message_invalid");
        assertThat(session.send(message("session.close")).next().getString("type")).isEqualTo("session.closed");
    }

    @ParameterizedTest
    @CsvSource({ "session.close, ended", "session.update, errored" })
    void run_afterTheSession_recordedUnderItsId(String last, String status) {
        SocketClient session = open(EXPRESSION);
        String id = session.next().getString("session_id");
        stream(session, sound(1, 0.5));
        session.send(message(last)).closedWith();

        await().until(() -> withKey("GET", "/v1/expression/run/" + id).send().status() == 200);
        JsonObject run = withKey("GET", "/v1/expression/run/" + id).send().json();
        assertThat(run.getString("mode")).isEqualTo("realtime");
        assertThat(run.getString("status")).isEqualTo(status);
        assertThat(run.getJsonObject("received").getInteger("audio_ms")).isEqualTo(1_000);
    }

    private static SocketClient opened() {
        SocketClient session = open(EXPRESSION);
        session.next();
        return session;
    }

    private static void stream(SocketClient session, byte[] sound) {
        for (int at = 0; at < sound.length; at += FRAME_BYTES) {
            session.send(Arrays.copyOfRange(sound, at, Math.min(sound.length, at + FRAME_BYTES)));
        }
    }

    /** The messages of a session in the shape of the answer to an upload. */
    private static JsonArray asUpload(List<JsonObject> messages) {
        JsonArray utterances = new JsonArray();
        JsonArray measurements = new JsonArray();
        for (JsonObject message : messages) {
            String type = message.getString("type");
            message.remove("type");
            if (type.equals("measurement.result")) {
                measurements.add(message);
            } else if (type.equals("utterance.end")) {
                utterances.add(message.put("measurements", measurements));
                measurements = new JsonArray();
            }
        }
        return utterances;
    }

    private static JsonArray uploaded(byte[] recording) {
        return withKey("POST", "/v1/expression/audio/file")
                .multipart(new MultipartBody().file("file", recording)).send().json()
                .getJsonArray("utterances");
    }

    private static JsonObject config(int timer) {
        return new JsonObject().put("measurement_timer_ms", timer);
    }

    private static byte[] sound(double seconds, double loudness) {
        byte[] bytes = new byte[(int) Math.round(seconds * SAMPLE_RATE) * 2];
        for (int i = 0; i < bytes.length / 2; i++) {
            int sample = (int) (loudness * Short.MAX_VALUE
                    * Math.sin(2 * Math.PI * (200 + i / 500 % 7 * 40) * i / SAMPLE_RATE));
            bytes[2 * i] = (byte) sample;
            bytes[2 * i + 1] = (byte) (sample >> 8);
        }
        return bytes;
    }

    private static byte[] join(byte[]... parts) {
        byte[] all = new byte[Arrays.stream(parts).mapToInt(part -> part.length).sum()];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }
}
