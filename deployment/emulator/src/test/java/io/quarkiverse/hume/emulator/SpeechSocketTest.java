package io.quarkiverse.hume.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.hume.emulator.sound.ToneSpeech;
import io.vertx.core.json.JsonObject;

class SpeechSocketTest extends SocketTestCase {

    @Test
    void flush_textInPieces_spokenAsOne() {
        SocketClient speech = open(SPEECH).send(text("Hel")).send(text("lo")).send(flush());

        JsonObject audio = speech.next();

        assertThat(audio.getString("type")).isEqualTo("audio");
        assertThat(audio.getString("text")).isEqualTo("Hello");
        assertThat(audio.getString("audio_format")).isEqualTo("wav");
        assertThat(audio.getBoolean("is_last_chunk")).isTrue();
        assertThat(audio.getInteger("chunk_index")).isZero();
        assertThat(List.of("request_id", "generation_id", "snippet_id")).allSatisfy(
                field -> assertThat(audio.getString(field)).isNotBlank());
        assertThat(wave(audio.getString("audio"))).isEqualTo(ToneSpeech.speak("Hello"));
    }

    @Test
    void flush_severalSentences_oneFrameEach() {
        SocketClient speech = open(SPEECH).send(text("One. Two! Three").put("flush", true));

        assertThat(List.of(speech.next(), speech.next(), speech.next())).extracting(frame -> frame.getString("text"))
                .containsExactly("One.", "Two!", "Three");
    }

    @Test
    void flush_twice_secondUtteranceOfTheSameRequest() {
        SocketClient speech = open(SPEECH);
        JsonObject first = speech.send(text("One").put("flush", true)).next();
        JsonObject second = speech.send(text("Two").put("flush", true)).next();

        assertThat(first.getInteger("utterance_index")).isZero();
        assertThat(second.getInteger("utterance_index")).isEqualTo(1);
        assertThat(second.getString("request_id")).isEqualTo(first.getString("request_id"));
        assertThat(second.getString("generation_id")).isNotEqualTo(first.getString("generation_id"));
    }

    @Test
    void flush_withoutText_nothingIsSaid() {
        SocketClient speech = open(SPEECH).send(flush()).send(text("  ").put("flush", true));

        assertThat(speech.send(text("Then").put("flush", true)).next().getString("text")).isEqualTo("Then");
    }

    @Test
    void text_longerThanTheEmulatorWaitsFor_spokenWithoutFlush() {
        SocketClient speech = open(SPEECH).send(text("a".repeat(3_000))).send(text("b".repeat(3_000)));

        assertThat(speech.next().getString("text")).isEqualTo("a".repeat(3_000));
    }

    @Test
    void close_withPendingText_spokenThenClosed() {
        SocketClient speech = open(SPEECH).send(text("Goodbye")).send(new JsonObject().put("close", true));

        assertThat(speech.next().getString("text")).isEqualTo("Goodbye");
        assertThat(speech.closedWith()).isEqualTo(1000);
        assertThat(speech.silent()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = { "include_timestamp_types=word", "include_timestamp_types=phoneme&include_timestamp_types=word",
            "include_timestamp_types=phoneme,word" })
    void timestamps_wanted_oneForEachWord(String query) {
        SocketClient speech = open(SPEECH + "?" + query).send(text("Good morning").put("flush", true));

        JsonObject audio = speech.next();
        JsonObject first = speech.next();
        JsonObject second = speech.next();
        assertThat(List.of(first, second)).extracting(frame -> frame.getString("type")).containsOnly("timestamp");
        assertThat(List.of(first, second)).extracting(frame -> frame.getString("snippet_id"))
                .containsOnly(audio.getString("snippet_id"));
        assertThat(first.getJsonObject("timestamp").getString("text")).isEqualTo("Good");
        assertThat(second.getJsonObject("timestamp").getString("text")).isEqualTo("morning");
        JsonObject firstTime = first.getJsonObject("timestamp").getJsonObject("time");
        JsonObject secondTime = second.getJsonObject("timestamp").getJsonObject("time");
        assertThat(firstTime.getLong("begin")).isZero();
        assertThat(secondTime.getLong("begin")).isEqualTo(firstTime.getLong("end"));
        assertThat(secondTime.getLong("end"))
                .isEqualTo(Math.round(wave(audio.getString("audio")).seconds() * 1_000));
    }

    @Test
    void timestamps_notWanted_none() {
        SocketClient speech = open(SPEECH).send(text("Good morning").put("flush", true));
        speech.next();

        assertThat(speech.send(text("Next").put("flush", true)).next().getString("type")).isEqualTo("audio");
    }

    @ParameterizedTest
    @CsvSource({ "{, E0100", "[], E0100", "{\"text\":7}, E0101", "{\"text\":{}}, E0101" })
    void message_invalid_errorAndStillOpen(String message, String code) {
        SocketClient speech = open(SPEECH);

        JsonObject error = speech.send(message).next();

        assertThat(error.getString("type")).isEqualTo("error");
        assertThat(error.getString("code")).isEqualTo(code);
        assertThat(speech.send(text("Hello").put("flush", true)).next().getString("type")).isEqualTo("audio");
    }

    @Test
    void message_tooLongOrBinary_error() {
        SocketClient speech = open(SPEECH);

        assertThat(speech.send(text("a".repeat(5_001))).next().getString("code")).isEqualTo("E0101");
        assertThat(speech.send(new byte[] { 1 }).next().getString("code")).isEqualTo("E0101");
    }

    private static JsonObject text(String text) {
        return new JsonObject().put("text", text);
    }

    private static JsonObject flush() {
        return new JsonObject().put("flush", true);
    }
}
