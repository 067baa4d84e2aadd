package io.quarkiverse.hume.emulator.platform;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.quarkiverse.hume.emulator.sound.ToneSpeech;
import io.quarkiverse.hume.emulator.sound.WaveAudio;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Speech that is divided into snippets: one for each sentence, or one for each utterance. */
record Generation(String id, Form form, List<Snippet> snippets) {

    /** The form of the speech in an answer. Joined chunks are one file: only the first chunk has a header. */
    record Form(String format, boolean joined, Set<String> timestamps) {

        /** @param options of a request: its body, form or query */
        static Form of(JsonInput options) {
            // The query has a field of its own for it.
            String format = options.text("format_type").or(() -> options.object("format")
                    .map(wanted -> String.valueOf(wanted.getValue("type")))).orElse("wav");
            if (!Set.of("wav", "pcm", "mp3").contains(format)) {
                throw options.invalid("format", "must be mp3, pcm or wav");
            }
            Set<String> timestamps = options.list("include_timestamp_types").stream().map(String::valueOf)
                    .collect(Collectors.toSet());
            String version = options.oneOf("version", List.of("1", "2")).orElse("2");
            if (!Set.of("word", "phoneme").containsAll(timestamps) || !timestamps.isEmpty() && version.equals("1")) {
                throw options.invalid("include_timestamp_types", "must be word or phoneme, which Octave 2 knows");
            }
            return new Form(format, options.flag("strip_headers", false) && format.equals("wav"), timestamps);
        }

        String mediaType() {
            return format.equals("mp3") ? "audio/mpeg" : "audio/" + format;
        }

        /** A complete file. */
        Buffer file(WaveAudio audio) {
            return format.equals("wav") ? audio.encode() : format.equals("mp3") ? audio.silentMp3() : audio.samples();
        }

        /** @param position of the speech in the generation, in samples */
        JsonArray times(ToneSpeech speech, int position) {
            return new JsonArray(Stream.of("word", "phoneme").filter(timestamps::contains)
                    .flatMap(type -> (type.equals("word") ? speech.words() : speech.tones()).stream()
                            .map(part -> JsonObject.of("type", type, "text", part.text(), "time", JsonObject.of(
                                    "begin", millis(position + part.from()), "end", millis(position + part.to())))))
                    .toList());
        }

        private static long millis(int samples) {
            return Math.round(samples * 1_000.0 / ToneSpeech.SAMPLE_RATE);
        }
    }

    /** @param times in milliseconds from the beginning of the generation */
    record Snippet(String id, int utterance, String text, WaveAudio audio, JsonArray times) {
    }

    /** @param silence after it, in seconds */
    record Utterance(String text, double speed, double silence) {

        static final Utterance NONE = new Utterance("", 1, 0);

        static Utterance of(String text, JsonInput options) {
            return new Utterance(text, options.number("speed", 1, 0.25, 3), options.number("trailing_silence", 0, 0, 5));
        }
    }

    /** Has at most {@code longest} samples. Each variant sounds different; 0 is the normal one. */
    static Generation of(String id, Form form, List<Utterance> utterances, int firstUtterance, boolean split, int variant,
            int longest) {
        List<Snippet> snippets = new ArrayList<>();
        int position = 0;
        int index = firstUtterance;
        for (Utterance utterance : utterances) {
            List<String> texts = split ? sentences(utterance.text()) : List.of(utterance.text());
            for (String text : texts) {
                ToneSpeech speech = ToneSpeech.of(text, utterance.speed(), longest - position);
                double silence = text == texts.get(texts.size() - 1) ? utterance.silence() : 0;
                WaveAudio audio = speech.audio(variant).withSilence(silence, longest - position);
                snippets.add(new Snippet(UUID.randomUUID().toString(), index, text, audio, form.times(speech, position)));
                position += audio.length();
            }
            index++;
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
        snippets.forEach(snippet -> groups.computeIfAbsent(snippet.utterance(), index -> new JsonArray()).add(JsonObject.of(
                "id", snippet.id(), "generation_id", id, "audio", chunk(snippet, whole), "text", snippet.text(),
                "utterance_index", snippet.utterance(), "timestamps", snippet.times())));
        return JsonObject.of("generation_id", id, "audio", base64(file), "duration", whole.seconds(), "file_size",
                file.length(), "encoding", JsonObject.of("format", form.format(), "sample_rate", whole.sampleRate()),
                "snippets", new JsonArray(List.copyOf(groups.values())));
    }

    /** The messages of a stream: for each snippet its audio, then its timestamps. */
    Stream<JsonObject> frames(String requestId) {
        WaveAudio whole = audio();
        return snippets.stream().flatMap(snippet -> Stream.concat(
                Stream.of(frame("audio", requestId, snippet).mergeIn(JsonObject.of("text", snippet.text(), "chunk_index", 0,
                        "is_last_chunk", true, "audio_format", form.format(), "utterance_index", snippet.utterance(), "audio",
                        chunk(snippet, whole)))),
                snippet.times().stream().map(time -> frame("timestamp", requestId, snippet).put("timestamp", time))));
    }

    private String chunk(Snippet snippet, WaveAudio whole) {
        if (!form.joined()) {
            return base64(form.file(snippet.audio()));
        }
        // The header in the first chunk has the number of samples of all chunks.
        return base64(snippet == snippets.get(0) ? snippet.audio().encode(whole.length()) : snippet.audio().samples());
    }

    static String base64(Buffer bytes) {
        return Base64.getEncoder().encodeToString(bytes.getBytes());
    }

    private JsonObject frame(String type, String requestId, Snippet snippet) {
        return JsonObject.of("type", type, "request_id", requestId, "generation_id", id, "snippet_id", snippet.id());
    }
}
