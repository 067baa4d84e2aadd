package io.quarkiverse.hume.emulator;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Finds the utterances of a recording by its pauses, and measures them: loud is eager, quiet is calm, high is joyful. */
final class ExpressionMeter {

    static final double FRAME_SECONDS = 0.1;
    static final double PAUSE_SECONDS = 0.7;
    private static final double AUDIBLE = 0.005;
    static final double LONGEST_SPAN_SECONDS = 10;
    // Voices cross zero a few hundred times a second; a thousand is as bright as it gets.
    private static final double BRIGHTEST_CROSSINGS = 1_000;

    private final int sampleRate;
    private final short[] samples;
    private final int timer;

    ExpressionMeter(WaveAudio audio, int timerMillis) {
        this.sampleRate = audio.sampleRate();
        this.samples = audio.samples();
        this.timer = samples(timerMillis / 1_000.0);
    }

    /** From a sample, up to but without another. */
    private record Stretch(int start, int end) {
    }

    JsonArray utterances() {
        JsonArray utterances = new JsonArray();
        for (Stretch utterance : speech()) {
            utterances.add(times(utterance).put("measurements", measurements(utterance)));
        }
        return utterances;
    }

    /** Whether there is anything to hear in all of it. */
    boolean audible() {
        return loudness(all()) >= AUDIBLE;
    }

    /** All of it measured at once. */
    JsonObject measurement(String trigger) {
        return measurement(trigger, all());
    }

    private Stretch all() {
        return new Stretch(0, samples.length);
    }

    private List<Stretch> speech() {
        List<Stretch> speech = new ArrayList<>();
        int frame = samples(FRAME_SECONDS);
        for (int start = 0; start < samples.length; start += frame) {
            Stretch next = new Stretch(start, Math.min(samples.length, start + frame));
            if (loudness(next) < AUDIBLE) {
                continue;
            }
            int last = speech.size() - 1;
            if (last >= 0 && start - speech.get(last).end() < samples(PAUSE_SECONDS)) {
                speech.set(last, new Stretch(speech.get(last).start(), next.end()));
            } else {
                speech.add(next);
            }
        }
        return speech;
    }

    /** One at each interval, and one at the end unless the last is less than a second ago. */
    private JsonArray measurements(Stretch utterance) {
        JsonArray measurements = new JsonArray();
        int last = utterance.start();
        for (int end = utterance.start() + timer; end < utterance.end(); end += timer) {
            measurements.add(measurement("interval", span(utterance, end)));
            last = end;
        }
        if (measurements.isEmpty() || utterance.end() - last >= sampleRate) {
            measurements.add(measurement("speech_ended", span(utterance, utterance.end())));
        }
        return measurements;
    }

    private Stretch span(Stretch utterance, int end) {
        return new Stretch(Math.max(utterance.start(), end - samples(LONGEST_SPAN_SECONDS)), end);
    }

    private JsonObject measurement(String trigger, Stretch span) {
        double loud = Math.min(1, loudness(span) * 2);
        double bright = brightness(span);
        return times(span).put("trigger", trigger)
                .put("expressions", scores(Map.of("eagerness", loud * (0.5 + bright / 2), "joy", bright * (0.4 + loud * 0.6),
                        "interest", (loud + bright) / 2, "pondering", (1 - bright) * (1 - loud), "neutral", 1 - loud)))
                .put("voice_attributes", scores(Map.of("calm", 1 - loud, "monotone", 1 - bright, "clear", 0.5 + loud / 2)));
    }

    private JsonObject times(Stretch stretch) {
        return new JsonObject().put("audio_start_ms", millis(stretch.start())).put("audio_end_ms", millis(stretch.end()));
    }

    /** The most probable first. */
    private static JsonArray scores(Map<String, Double> probabilities) {
        JsonArray scores = new JsonArray();
        probabilities.entrySet().stream()
                .sorted(Map.Entry.<String, Double> comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .forEach(score -> scores.add(new JsonObject().put("name", score.getKey())
                        .put("probability", Math.round(score.getValue() * 10_000) / 10_000.0)));
        return scores;
    }

    private double loudness(Stretch stretch) {
        double energy = 0;
        for (int i = stretch.start(); i < stretch.end(); i++) {
            double sample = samples[i] / (double) Short.MAX_VALUE;
            energy += sample * sample;
        }
        return Math.sqrt(energy / (stretch.end() - stretch.start()));
    }

    private double brightness(Stretch stretch) {
        int crossings = 0;
        for (int i = stretch.start() + 1; i < stretch.end(); i++) {
            crossings += samples[i] < 0 != samples[i - 1] < 0 ? 1 : 0;
        }
        double seconds = (double) (stretch.end() - stretch.start()) / sampleRate;
        return Math.min(1, crossings / seconds / BRIGHTEST_CROSSINGS);
    }

    private int samples(double seconds) {
        return (int) Math.round(seconds * sampleRate);
    }

    private long millis(int sample) {
        return sample * 1_000L / sampleRate;
    }
}
