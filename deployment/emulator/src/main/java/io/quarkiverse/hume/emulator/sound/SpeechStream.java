package io.quarkiverse.hume.emulator.sound;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * Finds the utterances of sound by their pauses, and measures them, while it comes in. Keeps the measures of the longest span
 * that is measured at once, and no sound. Positions count samples since the beginning.
 */
public final class SpeechStream {

    private static final int NONE = -1;
    private static final int FRAMES_PER_SECOND = 10;
    private static final double PAUSE_SECONDS = 0.7;
    private static final int LONGEST_SPAN_SECONDS = 10;
    // A second more, since a measurement may be due in the midst of a pause that turns out to be none.
    private static final int REMEMBERED_FRAMES = (LONGEST_SPAN_SECONDS + 1) * FRAMES_PER_SECOND;

    private final int sampleRate;
    private final int timer;
    private final Deque<Stretch> recent = new ArrayDeque<>();
    private double energy;
    private int crossings;
    private boolean negative;
    private long received;
    private long position;
    private long utteranceStart = NONE;
    private long utteranceEnd;
    private long lastMeasured;
    private boolean measured;

    /**
     * A stretch of sound as it is measured: loud is eager, quiet is calm, high is joyful.
     *
     * @param start the first sample
     * @param end the sample after the last one
     * @param energy the sum of the squares of all amplitudes, which are between -1 and 1
     * @param crossings how often the sign changes
     */
    private record Stretch(long start, long end, double energy, int crossings) {

        private static final double AUDIBLE = 0.005;
        // Voices cross zero a few hundred times a second; a thousand counts as the brightest.
        private static final double BRIGHTEST_CROSSINGS = 1_000;

        boolean audible() {
            return loudness() >= AUDIBLE;
        }

        /** Together with the stretch that follows. */
        Stretch and(Stretch next) {
            return new Stretch(start, next.end, energy + next.energy, crossings + next.crossings);
        }

        JsonObject measure(int sampleRate) {
            double loud = Math.min(1, loudness() * 2);
            double bright = Math.min(1, crossings * (double) sampleRate / (end - start) / BRIGHTEST_CROSSINGS);
            return JsonObject.of("expressions",
                    scores(Map.of("eagerness", loud * (0.5 + bright / 2), "joy", bright * (0.4 + loud * 0.6), "interest",
                            (loud + bright) / 2, "pondering", (1 - bright) * (1 - loud), "neutral", 1 - loud)),
                    "voice_attributes", scores(Map.of("calm", 1 - loud, "monotone", 1 - bright, "clear", 0.5 + loud / 2)));
        }

        private double loudness() {
            return Math.sqrt(energy / (end - start));
        }

        /** The most probable first. */
        private static JsonArray scores(Map<String, Double> probabilities) {
            return new JsonArray(probabilities.entrySet().stream()
                    .sorted(Map.Entry.<String, Double> comparingByValue(Comparator.reverseOrder())
                            .thenComparing(Map.Entry.comparingByKey()))
                    .map(score -> JsonObject.of("name", score.getKey(), "probability", Recording.rounded(score.getValue())))
                    .toList());
        }
    }

    public SpeechStream(int sampleRate, int timerMillis) {
        this.sampleRate = sampleRate;
        this.timer = timerMillis * sampleRate / 1_000;
    }

    /** The utterances of a whole recording, each with its measurements. */
    public static JsonArray utterances(WaveAudio audio, int timerMillis) {
        SpeechStream stream = new SpeechStream(audio.sampleRate(), timerMillis);
        JsonArray utterances = new JsonArray();
        JsonArray measurements = new JsonArray();
        for (JsonObject message : Stream.of(stream.add(audio.samples()), stream.end()).flatMap(List::stream).toList()) {
            String type = String.valueOf(message.remove("type"));
            if (type.equals("measurement.result")) {
                measurements.add(message);
            } else if (type.equals("utterance.end")) {
                utterances.add(message.put("measurements", measurements.copy()));
                measurements.clear();
            }
        }
        return utterances;
    }

    /** @return the messages that result from this sound */
    public List<JsonObject> add(short[] samples) {
        List<JsonObject> messages = new ArrayList<>();
        for (short sample : samples) {
            energy += Math.pow(sample / (double) Short.MAX_VALUE, 2);
            crossings += sample < 0 != negative ? 1 : 0;
            negative = sample < 0;
            if (++received - position == sampleRate / FRAMES_PER_SECOND) {
                endFrame(messages);
            }
        }
        return messages;
    }

    /** The sound is over, and with it the utterance, if there is one. */
    public List<JsonObject> end() {
        List<JsonObject> messages = new ArrayList<>();
        if (received > position) {
            endFrame(messages);
        }
        if (utteranceStart != NONE) {
            endUtterance(messages);
        }
        return messages;
    }

    public long receivedMillis() {
        return millis(received);
    }

    private void endFrame(List<JsonObject> messages) {
        Stretch frame = new Stretch(position, received, energy, crossings);
        energy = 0;
        crossings = 0;
        recent.addLast(frame);
        if (recent.size() > REMEMBERED_FRAMES) {
            recent.removeFirst();
        }
        if (frame.audible() && utteranceStart == NONE) {
            utteranceStart = position;
            lastMeasured = position;
            measured = false;
            messages.add(JsonObject.of("type", "utterance.start", "audio_start_ms", millis(position)));
        }
        position = received;
        if (frame.audible()) {
            utteranceEnd = position;
            while (lastMeasured + timer < utteranceEnd) {
                measure("interval", lastMeasured + timer, messages);
            }
        } else if (utteranceStart != NONE && position - utteranceEnd >= PAUSE_SECONDS * sampleRate) {
            endUtterance(messages);
        }
    }

    private void endUtterance(List<JsonObject> messages) {
        if (!measured || utteranceEnd - lastMeasured >= sampleRate) {
            measure("speech_ended", utteranceEnd, messages);
        }
        messages.add(times(utteranceStart, utteranceEnd).put("type", "utterance.end"));
        utteranceStart = NONE;
    }

    private void measure(String trigger, long end, List<JsonObject> messages) {
        long start = Math.max(utteranceStart, end - LONGEST_SPAN_SECONDS * sampleRate);
        Stretch all = recent.stream().filter(frame -> frame.end() > start && frame.start() < end).reduce(Stretch::and)
                .orElseThrow();
        messages.add(times(start, end).put("type", "measurement.result").put("trigger", trigger)
                .mergeIn(all.measure(sampleRate)));
        lastMeasured = end;
        measured = true;
    }

    private JsonObject times(long start, long end) {
        return JsonObject.of("audio_start_ms", millis(start), "audio_end_ms", millis(end));
    }

    private long millis(long sample) {
        return sample * 1_000L / sampleRate;
    }
}
