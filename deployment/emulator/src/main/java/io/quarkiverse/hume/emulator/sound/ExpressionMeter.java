package io.quarkiverse.hume.emulator.sound;

import java.util.Comparator;
import java.util.Map;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Measures sound: loud is eager, quiet is calm, high is joyful. */
final class ExpressionMeter {

    private static final double AUDIBLE = 0.005;
    // Voices cross zero a few hundred times a second; a thousand is as bright as it gets.
    private static final double BRIGHTEST_CROSSINGS = 1_000;

    private ExpressionMeter() {
    }

    /** Whether there is anything to hear in all of it. */
    static boolean audible(WaveAudio sound) {
        return loudness(sound.samples()) >= AUDIBLE;
    }

    static JsonObject measure(WaveAudio sound) {
        double loud = Math.min(1, loudness(sound.samples()) * 2);
        double bright = brightness(sound);
        return new JsonObject()
                .put("expressions", scores(Map.of("eagerness", loud * (0.5 + bright / 2), "joy", bright * (0.4 + loud * 0.6),
                        "interest", (loud + bright) / 2, "pondering", (1 - bright) * (1 - loud), "neutral", 1 - loud)))
                .put("voice_attributes", scores(Map.of("calm", 1 - loud, "monotone", 1 - bright, "clear", 0.5 + loud / 2)));
    }

    /** The most probable first. */
    private static JsonArray scores(Map<String, Double> probabilities) {
        return new JsonArray(probabilities.entrySet().stream()
                .sorted(Map.Entry.<String, Double> comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(score -> new JsonObject().put("name", score.getKey()).put("probability",
                        Math.round(score.getValue() * 10_000) / 10_000.0))
                .toList());
    }

    private static double loudness(short[] samples) {
        double energy = 0;
        for (short sample : samples) {
            energy += Math.pow(sample / (double) Short.MAX_VALUE, 2);
        }
        return Math.sqrt(energy / samples.length);
    }

    private static double brightness(WaveAudio sound) {
        short[] samples = sound.samples();
        int crossings = 0;
        for (int i = 1; i < samples.length; i++) {
            crossings += samples[i] < 0 != samples[i - 1] < 0 ? 1 : 0;
        }
        return Math.min(1, crossings / sound.seconds() / BRIGHTEST_CROSSINGS);
    }
}
