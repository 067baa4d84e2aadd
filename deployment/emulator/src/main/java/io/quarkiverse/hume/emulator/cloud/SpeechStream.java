package io.quarkiverse.hume.emulator.cloud;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * Finds the utterances of sound by their pauses, and measures their loudness, while the sound comes in. It keeps the loudness
 * of each tenth of a second, and no sound. Times are milliseconds since the beginning.
 */
final class SpeechStream {

    static final int SAMPLE_RATE = 16_000;

    private static final int FRAME_MILLIS = 100;
    private static final int FRAME_SAMPLES = SAMPLE_RATE / 1_000 * FRAME_MILLIS;
    private static final int PAUSE_MILLIS = 700;
    private static final int LONGEST_SPAN_MILLIS = 10_000;
    private static final double AUDIBLE_POWER = 0.005 * 0.005;
    private static final int NONE = -1;

    private final int timerMillis;
    /** The mean square of the amplitudes in each frame. */
    private final List<Double> powers = new ArrayList<>();
    private double power;
    private long received;
    private int utteranceStart = NONE;
    private int utteranceEnd;
    private int lastMeasured;

    SpeechStream(int timerMillis) {
        this.timerMillis = timerMillis;
    }

    /** The utterances of a whole recording, each with its measurements. */
    static JsonArray utterances(Buffer samples, int timerMillis) {
        SpeechStream stream = new SpeechStream(timerMillis);
        List<JsonObject> messages = stream.add(samples);
        messages.addAll(stream.end());
        JsonArray utterances = new JsonArray();
        JsonArray measurements = new JsonArray();
        for (JsonObject message : messages) {
            String type = String.valueOf(message.remove("type"));
            if (type.equals("measurement.result")) {
                measurements.add(message);
            } else if (type.equals("utterance.end")) {
                utterances.add(message.put("measurements", measurements));
                measurements = new JsonArray();
            }
        }
        return utterances;
    }

    /** @return the messages that result from these samples, which are little-endian */
    List<JsonObject> add(Buffer samples) {
        List<JsonObject> messages = new ArrayList<>();
        for (int at = 0; at < samples.length(); at += Short.BYTES) {
            power += Math.pow(samples.getShortLE(at) / (double) Short.MAX_VALUE, 2) / FRAME_SAMPLES;
            if (++received % FRAME_SAMPLES == 0) {
                endFrame(messages);
            }
        }
        return messages;
    }

    /** The sound is over, and with it the utterance, if there is one. */
    List<JsonObject> end() {
        List<JsonObject> messages = new ArrayList<>();
        if (received % FRAME_SAMPLES > 0) {
            endFrame(messages);
        }
        if (utteranceStart != NONE) {
            endUtterance(messages);
        }
        return messages;
    }

    int timerMillis() {
        return timerMillis;
    }

    /** Whether there was any sound. */
    boolean begun() {
        return received > 0;
    }

    int receivedMillis() {
        return (int) (received * 1_000 / SAMPLE_RATE);
    }

    private void endFrame(List<JsonObject> messages) {
        boolean audible = power >= AUDIBLE_POWER;
        if (audible && utteranceStart == NONE) {
            utteranceStart = powers.size() * FRAME_MILLIS;
            lastMeasured = utteranceStart;
            messages.add(JsonObject.of("type", "utterance.start", "audio_start_ms", utteranceStart));
        }
        powers.add(power);
        power = 0;
        if (audible) {
            utteranceEnd = receivedMillis();
            while (lastMeasured + timerMillis < utteranceEnd) {
                messages.add(measurement("interval", lastMeasured + timerMillis));
            }
        } else if (utteranceStart != NONE && receivedMillis() - utteranceEnd >= PAUSE_MILLIS) {
            endUtterance(messages);
        }
    }

    private void endUtterance(List<JsonObject> messages) {
        if (lastMeasured == utteranceStart || utteranceEnd - lastMeasured >= 1_000) {
            messages.add(measurement("speech_ended", utteranceEnd));
        }
        messages.add(JsonObject.of("type", "utterance.end", "audio_start_ms", utteranceStart, "audio_end_ms", utteranceEnd));
        utteranceStart = NONE;
    }

    /** Loud is eager, quiet is calm. */
    private JsonObject measurement(String trigger, int end) {
        lastMeasured = end;
        int start = Math.max(utteranceStart, end - LONGEST_SPAN_MILLIS);
        double loud = Math.min(1, 2 * Math.sqrt(powers.subList(start / FRAME_MILLIS, (end - 1) / FRAME_MILLIS + 1).stream()
                .mapToDouble(Double::doubleValue).average().orElseThrow()));
        return JsonObject.of("type", "measurement.result", "trigger", trigger, "audio_start_ms", start, "audio_end_ms", end,
                "expressions", Recording.scores(Map.of("eagerness", loud, "joy", loud * 0.8, "interest", 0.5 + loud / 4,
                        "pondering", (1 - loud) * 0.7, "neutral", 1 - loud)),
                "voice_attributes", Recording.scores(Map.of("calm", 1 - loud, "clear", 0.5 + loud / 2)));
    }
}
