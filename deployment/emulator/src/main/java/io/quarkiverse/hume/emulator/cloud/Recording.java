package io.quarkiverse.hume.emulator.cloud;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import io.quarkiverse.hume.emulator.sound.WaveAudio;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** A file that is asked about. All answers follow from its bytes. */
final class Recording {

    private final Buffer content;
    private final UUID fingerprint;
    private final Optional<WaveAudio> audio;

    Recording(Buffer content) {
        this.content = content;
        this.fingerprint = UUID.nameUUIDFromBytes(content.getBytes());
        this.audio = WaveAudio.decode(content.getBytes());
    }

    int size() {
        return content.length();
    }

    /** Empty if the file is not one the emulator can read. */
    Optional<Double> seconds() {
        return audio.map(WaveAudio::seconds);
    }

    /** WAV, though not necessarily of a kind that the emulator can read, or MP3: a tag, or the eleven set bits of a frame. */
    boolean sound() {
        return WaveAudio.recognizes(content.getBytes())
                || size() > 2 && (content.getString(0, 3).equals("ID3") || content.getUnsignedShort(0) >= 0xffe0);
    }

    /** By its first bytes. */
    boolean jpeg() {
        return size() > 2 && content.getUnsignedShort(0) == 0xffd8;
    }

    /** A number in [0, 1) that depends on the file and the topic only. */
    double fraction(String topic) {
        UUID hash = UUID.nameUUIDFromBytes((fingerprint + topic).getBytes(StandardCharsets.UTF_8));
        return (hash.getMostSignificantBits() >>> 32) / (double) (1L << 32);
    }

    /** The most probable first. */
    static JsonArray scores(Map<String, Double> probabilities) {
        return new JsonArray(probabilities.entrySet().stream()
                .sorted(Map.Entry.<String, Double> comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(score -> JsonObject.of("name", score.getKey(), "probability", rounded(score.getValue()))).toList());
    }

    /** A probability as Hume gives it, to four places. */
    static double rounded(double probability) {
        return Math.round(probability * 10_000) / 10_000.0;
    }
}
