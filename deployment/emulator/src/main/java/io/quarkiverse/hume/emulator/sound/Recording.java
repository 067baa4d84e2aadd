package io.quarkiverse.hume.emulator.sound;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** An uploaded file. Answers about it are meaningless, but always the same for the same file. */
public final class Recording {

    // Assumed for files that the emulator cannot read: the rate of an MP3 file with 128 kbit/s.
    private static final double GUESSED_BYTES_PER_SECOND = 16_000;

    private final Buffer content;
    private final byte[] fingerprint;
    private final Optional<WaveAudio> audio;

    public Recording(Buffer content) {
        this.content = content;
        this.fingerprint = digest(content.getBytes());
        this.audio = WaveAudio.decode(content.getBytes());
    }

    public int size() {
        return content.length();
    }

    /** Empty if the emulator cannot read the file. */
    public Optional<Double> seconds() {
        return audio.map(WaveAudio::seconds);
    }

    /** Whether it is WAV, also of a kind that the emulator cannot read, or MP3: a tag, or the eleven set bits of a frame. */
    public boolean sound() {
        return WaveAudio.recognizes(content.getBytes())
                || size() > 2 && (content.getString(0, 3).equals("ID3") || content.getUnsignedShort(0) >= 0xffe0);
    }

    /** Whether it begins like a JPEG file. */
    public boolean jpeg() {
        return size() > 2 && content.getUnsignedShort(0) == 0xffd8;
    }

    /** A number in [0, 1), which only depends on the file and the topic. */
    public double fraction(String topic) {
        Buffer hash = Buffer.buffer(digest(Buffer.buffer(fingerprint).appendString(topic).getBytes()));
        return hash.getUnsignedMedium(0) / (double) (1 << 24);
    }

    private static byte[] digest(byte[] input) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(input);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every JDK has SHA-256", impossible);
        }
    }

    /** @param questions checked, by ID */
    public JsonObject answers(JsonObject questions) {
        JsonObject answers = new JsonObject();
        questions.fieldNames().forEach(id -> answers.put(id, answer(questions.getJsonObject(id))));
        return answers;
    }

    private JsonObject answer(JsonObject question) {
        String type = question.getString("type");
        String topic = question.getString("instructions");
        JsonObject answer = JsonObject.of("type", type);
        return switch (type) {
            case "choice" -> distribute(answer, topic, question.getJsonObject("criteria").fieldNames());
            case "score" -> score(answer, topic, question.getJsonArray("criteria"));
            case "span" -> answer.put("spans", JsonArray.of(span(topic)));
            default -> answer.put("noul", rounded(fraction(topic)));
        };
    }

    private JsonObject score(JsonObject answer, String topic, JsonArray levels) {
        JsonObject legend = new JsonObject();
        IntStream.range(0, levels.size()).forEach(level -> legend.put(String.valueOf(level), levels.getString(level)));
        distribute(answer, topic, legend.fieldNames()).remove("choice");
        JsonObject probabilities = answer.getJsonObject("probabilities");
        return answer.put("legend", legend).put("score", rounded(IntStream.range(0, levels.size())
                .mapToDouble(level -> level * probabilities.getDouble(String.valueOf(level))).sum()));
    }

    private JsonObject span(String topic) {
        double millis = 1_000 * seconds().orElse(size() / GUESSED_BYTES_PER_SECOND);
        double start = fraction("start " + topic);
        double end = start + (1 - start) * fraction("end " + topic);
        return JsonObject.of("start_ms", (long) (start * millis), "end_ms", (long) (end * millis), "probability",
                rounded(fraction(topic)));
    }

    /** Adds a distribution over the options: the sum of the probabilities is 1. */
    private JsonObject distribute(JsonObject answer, String topic, Collection<String> options) {
        Map<String, Double> shares = new LinkedHashMap<>();
        // The third power makes one option much more probable than the others in most cases. No option has probability 0.
        options.forEach(option -> shares.put(option, 0.01 + Math.pow(fraction(topic + "=" + option), 3)));
        double sum = shares.values().stream().mapToDouble(Double::doubleValue).sum();
        shares.replaceAll((option, weight) -> weight / sum);
        Map.Entry<String, Double> choice = Collections.max(shares.entrySet(), Map.Entry.comparingByValue());
        JsonObject probabilities = new JsonObject();
        shares.forEach((option, share) -> probabilities.put(option, rounded(share)));
        double even = 1.0 / shares.size();
        // 1 if one option has all of the probability, 0 if every option has the same.
        return answer.put("choice", choice.getKey()).put("probabilities", probabilities)
                .put("confidence", rounded((choice.getValue() - even) / (1 - even)));
    }

    /** The most probable first. */
    public static JsonArray scores(Map<String, Double> probabilities) {
        return new JsonArray(probabilities.entrySet().stream()
                .sorted(Map.Entry.<String, Double> comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(score -> JsonObject.of("name", score.getKey(), "probability", rounded(score.getValue()))).toList());
    }

    /** Rounds to four places, as Hume does. */
    public static double rounded(double probability) {
        return Math.round(probability * 10_000) / 10_000.0;
    }
}
