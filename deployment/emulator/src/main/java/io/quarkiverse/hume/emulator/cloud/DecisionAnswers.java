package io.quarkiverse.hume.emulator.cloud;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Answers without meaning, of which the same file always gets the same ones. */
record DecisionAnswers(Recording recording) {

    // A guess where the emulator cannot read the file: as an MP3 of 128 kbit/s.
    private static final double GUESSED_BYTES_PER_SECOND = 16_000;

    /** @param questions checked, by ID */
    JsonObject to(JsonObject questions) {
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
            default -> answer.put("noul", Recording.rounded(recording.fraction(topic)));
        };
    }

    private JsonObject score(JsonObject answer, String topic, JsonArray levels) {
        JsonObject legend = new JsonObject();
        IntStream.range(0, levels.size()).forEach(level -> legend.put(String.valueOf(level), levels.getString(level)));
        distribute(answer, topic, legend.fieldNames()).remove("choice");
        JsonObject probabilities = answer.getJsonObject("probabilities");
        return answer.put("legend", legend).put("score", Recording.rounded(IntStream.range(0, levels.size())
                .mapToDouble(level -> level * probabilities.getDouble(String.valueOf(level))).sum()));
    }

    private JsonObject span(String topic) {
        double millis = 1_000 * recording.seconds().orElse(recording.size() / GUESSED_BYTES_PER_SECOND);
        double start = recording.fraction("start " + topic);
        double end = start + (1 - start) * recording.fraction("end " + topic);
        return JsonObject.of("start_ms", (long) (start * millis), "end_ms", (long) (end * millis), "probability",
                Recording.rounded(recording.fraction(topic)));
    }

    /** How the raters are distributed: all probabilities together are 1. */
    private JsonObject distribute(JsonObject answer, String topic, Collection<String> options) {
        Map<String, Double> shares = new LinkedHashMap<>();
        // To the third power, so that there is mostly a clear winner; never quite 0.
        options.forEach(option -> shares.put(option, 0.01 + Math.pow(recording.fraction(topic + "=" + option), 3)));
        double sum = shares.values().stream().mapToDouble(Double::doubleValue).sum();
        shares.replaceAll((option, weight) -> weight / sum);
        Map.Entry<String, Double> choice = Collections.max(shares.entrySet(), Map.Entry.comparingByValue());
        JsonObject probabilities = new JsonObject();
        shares.forEach((option, share) -> probabilities.put(option, Recording.rounded(share)));
        double even = 1.0 / shares.size();
        // 1 if all raters agree, 0 if every option has the same share.
        return answer.put("choice", choice.getKey()).put("probabilities", probabilities)
                .put("confidence", Recording.rounded((choice.getValue() - even) / (1 - even)));
    }
}
