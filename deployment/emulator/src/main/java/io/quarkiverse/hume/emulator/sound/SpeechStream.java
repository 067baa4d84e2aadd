package io.quarkiverse.hume.emulator.sound;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * Finds the utterances in live speech by the pauses between them, and measures their loudness. Keeps the loudness of each tenth
 * of a second, but no samples. Times are milliseconds since the beginning.
 */
public final class SpeechStream {

    public static final int SAMPLE_RATE = 16_000;

    private static final int FRAME_MILLIS = 100;
    private static final int FRAME_SAMPLES = SAMPLE_RATE / 1_000 * FRAME_MILLIS;
    private static final int PAUSE_MILLIS = 700;
    private static final int LONGEST_SPAN_MILLIS = 10_000;
    private static final double AUDIBLE_POWER = 0.005 * 0.005;
    private static final int NONE = -1;

    private final int timerMillis;
    private final Consumer<JsonObject> messages;
    /** The mean square of the amplitudes in each frame. */
    private final List<Double> powers = new ArrayList<>();
    private double power;
    private long received;
    private int utteranceStart = NONE;
    private int utteranceEnd;
    private int lastMeasured;

    /** @param messages receives what is found, as Hume's socket sends it */
    public SpeechStream(int timerMillis, Consumer<JsonObject> messages) {
        this.timerMillis = timerMillis;
        this.messages = messages;
    }

    /** The utterances of a whole recording, each with its measurements. */
    public static JsonArray utterances(Buffer samples, int timerMillis) {
        JsonArray utterances = new JsonArray();
        JsonArray measurements = new JsonArray();
        SpeechStream stream = new SpeechStream(timerMillis, message -> {
            Object type = message.remove("type");
            if (type.equals("measurement.result")) {
                measurements.add(message);
            } else if (type.equals("utterance.end")) {
                utterances.add(message.put("measurements", measurements.copy()));
                measurements.clear();
            }
        });
        stream.add(samples);
        stream.end();
        return utterances;
    }

    /** @param samples little-endian */
    public void add(Buffer samples) {
        for (int at = 0; at < samples.length(); at += Short.BYTES) {
            power += Math.pow(samples.getShortLE(at) / (double) Short.MAX_VALUE, 2) / FRAME_SAMPLES;
            if (++received % FRAME_SAMPLES == 0) {
                endFrame();
            }
        }
    }

    /** Ends the speech, and the current utterance if there is one. */
    public void end() {
        if (received % FRAME_SAMPLES > 0) {
            endFrame();
        }
        if (utteranceStart != NONE) {
            endUtterance();
        }
    }

    public int timerMillis() {
        return timerMillis;
    }

    /** Whether there were any samples. */
    public boolean begun() {
        return received > 0;
    }

    public int receivedMillis() {
        return (int) (received * 1_000 / SAMPLE_RATE);
    }

    private void endFrame() {
        boolean audible = power >= AUDIBLE_POWER;
        if (audible && utteranceStart == NONE) {
            utteranceStart = powers.size() * FRAME_MILLIS;
            lastMeasured = utteranceStart;
            messages.accept(JsonObject.of("type", "utterance.start", "audio_start_ms", utteranceStart));
        }
        powers.add(power);
        power = 0;
        if (audible) {
            utteranceEnd = receivedMillis();
            while (lastMeasured + timerMillis < utteranceEnd) {
                measure("interval", lastMeasured + timerMillis);
            }
        } else if (utteranceStart != NONE && receivedMillis() - utteranceEnd >= PAUSE_MILLIS) {
            endUtterance();
        }
    }

    private void endUtterance() {
        if (lastMeasured == utteranceStart || utteranceEnd - lastMeasured >= 1_000) {
            measure("speech_ended", utteranceEnd);
        }
        messages.accept(JsonObject.of("type", "utterance.end", "audio_start_ms", utteranceStart, "audio_end_ms", utteranceEnd));
        utteranceStart = NONE;
    }

    /** Loud speech is measured as eager, quiet speech as calm. */
    private void measure(String trigger, int end) {
        lastMeasured = end;
        int start = Math.max(utteranceStart, end - LONGEST_SPAN_MILLIS);
        double loud = Math.min(1, 2 * Math.sqrt(powers.subList(start / FRAME_MILLIS, (end - 1) / FRAME_MILLIS + 1).stream()
                .mapToDouble(Double::doubleValue).average().orElseThrow()));
        messages.accept(JsonObject.of("type", "measurement.result", "trigger", trigger, "audio_start_ms", start, "audio_end_ms",
                end, "expressions", Recording.scores(Map.of("eagerness", loud, "joy", loud * 0.8, "interest", 0.5 + loud / 4,
                        "pondering", (1 - loud) * 0.7, "neutral", 1 - loud)),
                "voice_attributes", Recording.scores(Map.of("calm", 1 - loud, "clear", 0.5 + loud / 2))));
    }
}
