package io.quarkiverse.hume.emulator.voice;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.quarkiverse.hume.emulator.http.JsonInput;
import io.quarkiverse.hume.emulator.sound.ToneSpeech;
import io.quarkiverse.hume.emulator.sound.WaveAudio;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * In which form speech is answered.
 *
 * @param joined whether all chunks put together are one file, with a header in the first of them only
 * @param timestamps of what: words, phonemes, or neither
 */
record SpeechForm(String format, boolean joined, Set<String> timestamps) {

    /** @param options of a request, as their JSON has them */
    static SpeechForm of(JsonInput options) {
        String format = options.object("format").map(wanted -> String.valueOf(wanted.getValue("type"))).orElse("wav");
        Set<String> timestamps = options.list("include_timestamp_types").stream().map(String::valueOf)
                .collect(Collectors.toSet());
        String version = options.text("version").orElse("2");
        if (!Set.of("wav", "pcm", "mp3").contains(format)) {
            throw options.invalid("format", "must be mp3, pcm or wav");
        }
        if (!Set.of("1", "2").contains(version)) {
            throw options.invalid("version", "must be 1 or 2");
        }
        if (!Set.of("word", "phoneme").containsAll(timestamps) || !timestamps.isEmpty() && version.equals("1")) {
            throw options.invalid("include_timestamp_types", "must be word or phoneme, which Octave 2 knows");
        }
        return new SpeechForm(format, options.flag("strip_headers", false), timestamps);
    }

    String mediaType() {
        return format.equals("mp3") ? "audio/mpeg" : "audio/" + format;
    }

    /** A file of its own. */
    Buffer file(WaveAudio audio) {
        return format.equals("wav") ? audio.encode() : format.equals("mp3") ? audio.silentMp3() : audio.pcm();
    }

    /** @param samples how many all chunks have together, which the header says if there is only one */
    Buffer chunk(WaveAudio audio, boolean first, int samples) {
        boolean stripped = joined && format.equals("wav");
        return !stripped ? file(audio) : first ? audio.encode(samples) : audio.pcm();
    }

    /** @param offset seconds before the speech */
    JsonArray times(ToneSpeech speech, double offset) {
        JsonArray times = new JsonArray();
        Map.of("word", speech.words(), "phoneme", speech.tones()).entrySet().stream()
                .sorted(Map.Entry.<String, List<ToneSpeech.Part>> comparingByKey().reversed())
                .filter(parts -> timestamps.contains(parts.getKey()))
                .forEach(parts -> parts.getValue().forEach(part -> times.add(new JsonObject().put("type", parts.getKey())
                        .put("text", part.text()).put("time", new JsonObject()
                                .put("begin", Math.round((offset + part.start()) * 1_000))
                                .put("end", Math.round((offset + part.end()) * 1_000))))));
        return times;
    }
}
