package io.quarkiverse.hume.emulator.voice;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

import io.quarkiverse.hume.emulator.http.JsonInput;
import io.quarkiverse.hume.emulator.sound.ToneSpeech;
import io.quarkiverse.hume.emulator.sound.WaveAudio;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Speech, cut into snippets: one for each sentence, or one for each utterance. */
record Generation(String id, SpeechForm form, List<Snippet> snippets) {

    /** @param times in milliseconds from the beginning of the generation */
    record Snippet(String id, int utterance, String text, WaveAudio audio, JsonArray times) {
    }

    /** @param silence after it, in seconds */
    record Utterance(String text, double speed, double silence) {

        static Utterance of(String text, JsonInput options) {
            return new Utterance(text, options.number("speed", 1, 0.25, 3), options.number("trailing_silence", 0, 0, 5));
        }
    }

    /**
     * @param firstUtterance the index of the first utterance
     * @param variant 0 for the usual; speech of another sounds differently
     * @param longest after how many samples to stop
     */
    static Generation of(String id, SpeechForm form, List<Utterance> utterances, int firstUtterance, boolean split, int variant,
            int longest) {
        List<Snippet> snippets = new ArrayList<>();
        int position = 0;
        for (int i = 0; i < utterances.size(); i++) {
            Utterance utterance = utterances.get(i);
            List<String> texts = split ? sentences(utterance.text()) : List.of(utterance.text());
            for (int j = 0; j < texts.size(); j++) {
                ToneSpeech speech = ToneSpeech.of(texts.get(j), utterance.speed(), longest - position);
                WaveAudio audio = speech.audio(variant);
                if (j == texts.size() - 1) {
                    audio = audio.withSilence(utterance.silence(), longest - position);
                }
                snippets.add(new Snippet(UUID.randomUUID().toString(), firstUtterance + i, texts.get(j), audio,
                        form.times(speech, (double) position / ToneSpeech.SAMPLE_RATE)));
                position += audio.samples().length;
            }
        }
        return new Generation(id, form, snippets);
    }

    static List<String> sentences(String text) {
        return Stream.of(text.strip().split("(?<=[.!?])\\s+")).filter(sentence -> !sentence.isBlank()).toList();
    }

    WaveAudio audio() {
        return WaveAudio.join(snippets.stream().map(Snippet::audio).toList());
    }

    JsonObject toJson() {
        WaveAudio whole = audio();
        Buffer file = form.file(whole);
        Map<Integer, JsonArray> groups = new TreeMap<>();
        snippets.forEach(snippet -> groups.computeIfAbsent(snippet.utterance(), index -> new JsonArray()).add(new JsonObject()
                .put("id", snippet.id()).put("generation_id", id).put("audio", chunk(snippet, whole))
                .put("text", snippet.text()).put("utterance_index", snippet.utterance()).put("timestamps", snippet.times())));
        return new JsonObject().put("generation_id", id).put("audio", base64(file)).put("duration", whole.seconds())
                .put("file_size", file.length())
                .put("encoding", new JsonObject().put("format", form.format()).put("sample_rate", whole.sampleRate()))
                .put("snippets", new JsonArray(List.copyOf(groups.values())));
    }

    /** As a stream has it: for each snippet its sound, then its timestamps. */
    Stream<JsonObject> frames(String requestId) {
        WaveAudio whole = audio();
        return snippets.stream().flatMap(snippet -> Stream.concat(
                Stream.of(frame("audio", requestId, snippet).put("text", snippet.text()).put("chunk_index", 0)
                        .put("is_last_chunk", true).put("audio_format", form.format())
                        .put("utterance_index", snippet.utterance()).put("audio", chunk(snippet, whole))),
                snippet.times().stream().map(time -> frame("timestamp", requestId, snippet).put("timestamp", time))));
    }

    private String chunk(Snippet snippet, WaveAudio whole) {
        return base64(form.chunk(snippet.audio(), snippet == snippets.get(0), whole.samples().length));
    }

    static String base64(Buffer bytes) {
        return Base64.getEncoder().encodeToString(bytes.getBytes());
    }

    private JsonObject frame(String type, String requestId, Snippet snippet) {
        return new JsonObject().put("type", type).put("request_id", requestId).put("generation_id", id)
                .put("snippet_id", snippet.id());
    }
}
