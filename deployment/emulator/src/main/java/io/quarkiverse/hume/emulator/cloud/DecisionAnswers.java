package io.quarkiverse.hume.emulator.cloud;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.quarkiverse.hume.emulator.sound.Recording;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Answers without meaning, of which the same file always gets the same ones. */
final class DecisionAnswers {

    // A guess where the emulator cannot read the file: as an MP3 of 128 kbit/s.
    private static final double GUESSED_BYTES_PER_SECOND = 16_000;

    private final Recording recording;

    DecisionAnswers(Recording recording) {
        this.recording = recording;
    }

    /** @param questions checked, by ID */
    JsonObject to(JsonObject questions) {
        JsonObject answers = new JsonObject();
        for (String id : questions.fieldNames()) {
            JsonObject question = questions.getJsonObject(id);
            String type = question.getString("type");
            answers.put(id, fill(new JsonObject().put("type", type), type, question));
        }
        return answers;
    }

    private JsonObject fill(JsonObject answer, String type, JsonObject question) {
        String topic = question.getString("instructions");
        return switch (type) {
            case "choice" -> choice(answer, topic, List.copyOf(question.getJsonObject("criteria").fieldNames()));
            case "score" -> score(answer, topic, question.getJsonArray("criteria"));
            case "span" -> answer.put("spans", JsonArray.of(span(topic)));
            default -> answer.put("noul", rounded(recording.fraction(topic)));
        };
    }

    private JsonObject choice(JsonObject answer, String topic, List<String> options) {
        List<Double> shares = shares(topic, options);
        JsonObject probabilities = new JsonObject();
        for (int i = 0; i < options.size(); i++) {
            probabilities.put(options.get(i), rounded(shares.get(i)));
        }
        return answer.put("choice", options.get(shares.indexOf(Collections.max(shares))))
                .put("probabilities", probabilities).put("confidence", confidence(shares));
    }

    private JsonObject score(JsonObject answer, String topic, JsonArray levels) {
        List<String> indexes = new ArrayList<>();
        JsonObject legend = new JsonObject();
        for (int i = 0; i < levels.size(); i++) {
            indexes.add(String.valueOf(i));
            legend.put(indexes.get(i), levels.getString(i));
        }
        List<Double> shares = shares(topic, indexes);
        JsonObject probabilities = new JsonObject();
        double mean = 0;
        for (int i = 0; i < levels.size(); i++) {
            probabilities.put(indexes.get(i), rounded(shares.get(i)));
            mean += i * shares.get(i);
        }
        return answer.put("score", rounded(mean)).put("legend", legend).put("probabilities", probabilities)
                .put("confidence", confidence(shares));
    }

    private JsonObject span(String topic) {
        double millis = 1_000 * recording.seconds().orElse(recording.size() / GUESSED_BYTES_PER_SECOND);
        double start = recording.fraction("start " + topic);
        double end = start + (1 - start) * recording.fraction("end " + topic);
        return new JsonObject().put("start_ms", (long) (start * millis)).put("end_ms", (long) (end * millis))
                .put("probability", rounded(recording.fraction(topic)));
    }

    /** How the raters are distributed: all shares together are 1. */
    private List<Double> shares(String topic, List<String> options) {
        // To the third power, so that there is mostly a clear winner; never quite 0.
        List<Double> weights = options.stream().map(option -> 0.01 + Math.pow(recording.fraction(topic + "=" + option), 3))
                .toList();
        double sum = weights.stream().mapToDouble(Double::doubleValue).sum();
        return weights.stream().map(weight -> weight / sum).toList();
    }

    /** 1 if all raters agree, 0 if every option has the same share. */
    private static double confidence(List<Double> shares) {
        double even = 1.0 / shares.size();
        return rounded((Collections.max(shares) - even) / (1 - even));
    }

    private static double rounded(double value) {
        return Math.round(value * 10_000) / 10_000.0;
    }
}
