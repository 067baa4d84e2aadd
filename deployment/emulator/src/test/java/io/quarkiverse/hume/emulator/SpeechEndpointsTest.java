package io.quarkiverse.hume.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.hume.emulator.EmulatorCall.Reply;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

class SpeechEndpointsTest extends EmulatorTestCase {

    private static final int HEADER_BYTES = 44;

    @Test
    void json_oneUtterance_documentedShape() {
        Reply reply = speak("/v0/tts", "Hello there.");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).isEqualTo("application/json");
        assertThat(reply.json().fieldNames()).containsExactlyInAnyOrder("request_id", "generations");
        JsonObject generation = generation(reply);
        assertThat(generation.fieldNames()).containsExactlyInAnyOrder("generation_id", "audio", "duration", "file_size",
                "encoding", "snippets");
        assertThat(generation.getJsonObject("encoding"))
                .isEqualTo(new JsonObject().put("format", "wav").put("sample_rate", 48_000));
        JsonObject snippet = generation.getJsonArray("snippets").getJsonArray(0).getJsonObject(0);
        assertThat(snippet.fieldNames()).containsExactlyInAnyOrder("id", "generation_id", "audio", "text",
                "utterance_index", "timestamps");
        assertThat(snippet.getString("generation_id")).isEqualTo(generation.getString("generation_id"));
        assertThat(snippet.getString("text")).isEqualTo("Hello there.");
        assertThat(snippet.getInteger("utterance_index")).isZero();
        assertThat(snippet.getJsonArray("timestamps")).isEmpty();
    }

    @Test
    void json_audio_matchesFileSizeAndDuration() throws Exception {
        JsonObject generation = generation(speak("/v0/tts", "Hello there, how are you today?"));
        byte[] wave = Base64.getDecoder().decode(generation.getString("audio"));

        assertThat(generation.getInteger("file_size")).isEqualTo(wave.length);
        assertThat(generation.getDouble("duration")).isPositive();
        assertThat(seconds(wave)).isCloseTo(generation.getDouble("duration"), within(1e-9));
    }

    @Test
    void json_twoUtterances_oneGroupOfSnippetsEach_joined() throws Exception {
        JsonObject generation = generation(speak("/v0/tts", "First one.", "And the second one."));

        JsonArray groups = generation.getJsonArray("snippets");
        assertThat(groups).hasSize(2).allSatisfy(group -> assertThat((JsonArray) group).hasSize(1));
        byte[] first = Base64.getDecoder().decode(groups.getJsonArray(0).getJsonObject(0).getString("audio"));
        byte[] second = Base64.getDecoder().decode(groups.getJsonArray(1).getJsonObject(0).getString("audio"));
        assertThat(groups.getJsonArray(1).getJsonObject(0).getString("text")).isEqualTo("And the second one.");
        assertThat(groups.getJsonArray(1).getJsonObject(0).getInteger("utterance_index")).isEqualTo(1);
        assertThat(seconds(first) + seconds(second)).isCloseTo(generation.getDouble("duration"), within(1e-9));
        assertThat(seconds(second)).isGreaterThan(seconds(first));
    }

    @Test
    void file_utterance_waveWithCorrectHeader() throws Exception {
        Reply reply = speak("/v0/tts/file", "Hello there.");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).isEqualTo("audio/wav");
        ByteBuffer wave = ByteBuffer.wrap(reply.body()).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(ascii(reply.body(), 0)).isEqualTo("RIFF");
        assertThat(wave.getInt(4)).isEqualTo(reply.body().length - 8);
        assertThat(ascii(reply.body(), 8)).isEqualTo("WAVE");
        assertThat(ascii(reply.body(), 36)).isEqualTo("data");
        assertThat(wave.getInt(40)).isEqualTo(reply.body().length - HEADER_BYTES);
        AudioFormat format = decode(reply.body()).getFormat();
        assertThat(format.getEncoding()).isEqualTo(AudioFormat.Encoding.PCM_SIGNED);
        assertThat(format.getSampleRate()).isEqualTo(48_000f);
        assertThat(format.getSampleSizeInBits()).isEqualTo(16);
        assertThat(format.getChannels()).isEqualTo(1);
        assertThat(format.getFrameSize()).isEqualTo(2);
        assertThat(format.isBigEndian()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = { "Hello there.", "a", "Psst", "42", "\u3053\u3093\u306b\u3061\u306f" })
    void file_anyText_audible(String text) {
        short[] samples = samples(speak("/v0/tts/file", text).body());

        int peak = 0;
        int silent = 0;
        for (short sample : samples) {
            peak = Math.max(peak, Math.abs(sample));
            silent += sample == 0 ? 1 : 0;
        }
        assertThat(peak).isBetween(Short.MAX_VALUE / 4, Short.MAX_VALUE - 1);
        assertThat(silent).isLessThan(samples.length * 2 / 3);
    }

    @Test
    void file_sameText_sameSoundAsJson() {
        byte[] file = speak("/v0/tts/file", "Hello there.").body();

        assertThat(Base64.getDecoder().decode(generation(speak("/v0/tts", "Hello there.")).getString("audio")))
                .isEqualTo(file);
        assertThat(speak("/v0/tts/file", "Goodbye now.").body()).isNotEqualTo(file);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "{", "not json", "[]", "null", "\"text\"", "{\"utterances\":[{\"text\":\"a\"}]} more" })
    void body_notAnObject_unprocessable(String body) {
        assertUnprocessable(withKey("POST", "/v0/tts").json(body).send(), "body");
        assertUnprocessable(withKey("POST", "/v0/tts/file").json(body).send(), "body");
    }

    @ParameterizedTest
    @ValueSource(strings = { "{}", "{\"utterances\":[]}", "{\"utterances\":null}", "{\"utterances\":\"Hello\"}" })
    void utterances_missing_unprocessable(String body) {
        assertUnprocessable(withKey("POST", "/v0/tts").json(body).send(), "body", "utterances");
        assertUnprocessable(withKey("POST", "/v0/tts/file").json(body).send(), "body", "utterances");
    }

    @ParameterizedTest
    @ValueSource(strings = { "{}", "{\"text\":\" \"}", "{\"text\":7}", "null", "\"Hello\"" })
    void utterance_withoutText_unprocessableAndNamed(String utterance) {
        Reply reply = withKey("POST", "/v0/tts").json("{\"utterances\":[{\"text\":\"Fine\"}," + utterance + "]}").send();

        assertUnprocessable(reply, "body", "utterances", 1, "text");
    }

    @Test
    void text_longerThanTheEmulatorSpeaks_unprocessable() {
        assertThat(speak("/v0/tts/file", "a".repeat(5000)).status()).isEqualTo(200);
        assertUnprocessable(speak("/v0/tts/file", "a".repeat(5000), "a"), "body", "utterances", 1, "text");
    }

    @Test
    void sound_ofManyPauses_limited() throws Exception {
        Reply reply = speak("/v0/tts/file", "! ".repeat(1250), "! ".repeat(1250));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(seconds(reply.body())).isBetween(149.0, 150.0);
    }

    @Test
    void sound_usedUpByEarlierUtterance_emptySnippet() throws Exception {
        JsonArray groups = generation(speak("/v0/tts", "ba".repeat(2400), "Hello.")).getJsonArray("snippets");

        assertThat(seconds(Base64.getDecoder().decode(groups.getJsonArray(1).getJsonObject(0).getString("audio")))).isZero();
    }

    private static Reply speak(String path, String... texts) {
        JsonArray utterances = new JsonArray();
        for (String text : texts) {
            utterances.add(new JsonObject().put("text", text));
        }
        return withKey("POST", path).json(new JsonObject().put("utterances", utterances)).send();
    }

    private static JsonObject generation(Reply reply) {
        assertThat(reply.json().getJsonArray("generations")).hasSize(1);
        return reply.json().getJsonArray("generations").getJsonObject(0);
    }

    private static AudioInputStream decode(byte[] wave) throws IOException, UnsupportedAudioFileException {
        return AudioSystem.getAudioInputStream(new ByteArrayInputStream(wave));
    }

    private static double seconds(byte[] wave) throws IOException, UnsupportedAudioFileException {
        AudioInputStream audio = decode(wave);
        assertThat(audio.readAllBytes()).hasSize((int) audio.getFrameLength() * 2);
        return audio.getFrameLength() / (double) audio.getFormat().getSampleRate();
    }

    private static short[] samples(byte[] wave) {
        short[] samples = new short[(wave.length - HEADER_BYTES) / 2];
        ByteBuffer.wrap(wave).order(ByteOrder.LITTLE_ENDIAN).position(HEADER_BYTES).slice().order(ByteOrder.LITTLE_ENDIAN)
                .asShortBuffer().get(samples);
        return samples;
    }

    private static String ascii(byte[] wave, int at) {
        return new String(wave, at, 4, StandardCharsets.US_ASCII);
    }
}
