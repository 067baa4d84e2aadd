package io.quarkiverse.hume.emulator.sound;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * Finds the utterances of sound by their pauses, and measures them, while it comes in. Keeps no more than the longest span
 * that is measured at once. Positions count samples since the beginning.
 */
public final class SpeechStream {

    private static final int NONE = -1;
    private static final double FRAME_SECONDS = 0.1;
    private static final double PAUSE_SECONDS = 0.7;
    private static final double LONGEST_SPAN_SECONDS = 10;

    private final int sampleRate;
    private final int frame;
    private final int pause;
    private final int longestSpan;
    private final int timer;
    private short[] recent = new short[0];
    private long recentStart;
    private long position;
    private long utteranceStart = NONE;
    private long utteranceEnd;
    private long lastMeasured;
    private boolean measured;

    public SpeechStream(int sampleRate, int timerMillis) {
        this.sampleRate = sampleRate;
        this.frame = (int) (FRAME_SECONDS * sampleRate);
        this.pause = (int) (PAUSE_SECONDS * sampleRate);
        this.longestSpan = (int) (LONGEST_SPAN_SECONDS * sampleRate);
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

    /** @return the messages this sound leads to */
    public List<JsonObject> add(short[] samples) {
        recent = Arrays.copyOf(recent, recent.length + samples.length);
        System.arraycopy(samples, 0, recent, recent.length - samples.length, samples.length);
        List<JsonObject> messages = new ArrayList<>();
        while (received() - position >= frame) {
            listen(position + frame, messages);
        }
        // A measurement may be due in the midst of a pause that turns out to be none.
        long keepFrom = Math.max(recentStart, position - longestSpan - pause - frame);
        recent = Arrays.copyOfRange(recent, (int) (keepFrom - recentStart), recent.length);
        recentStart = keepFrom;
        return messages;
    }

    /** The sound is over, and with it the utterance, if there is one. */
    public List<JsonObject> end() {
        List<JsonObject> messages = new ArrayList<>();
        if (received() > position) {
            listen(received(), messages);
        }
        if (utteranceStart != NONE) {
            endUtterance(messages);
        }
        return messages;
    }

    public long receivedMillis() {
        return millis(received());
    }

    private long received() {
        return recentStart + recent.length;
    }

    private void listen(long end, List<JsonObject> messages) {
        boolean audible = ExpressionMeter.audible(sound(position, end));
        if (audible && utteranceStart == NONE) {
            utteranceStart = position;
            lastMeasured = position;
            measured = false;
            messages.add(new JsonObject().put("type", "utterance.start").put("audio_start_ms", millis(position)));
        }
        position = end;
        if (audible) {
            utteranceEnd = end;
            while (lastMeasured + timer < utteranceEnd) {
                measure("interval", lastMeasured + timer, messages);
            }
        } else if (utteranceStart != NONE && position - utteranceEnd >= pause) {
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
        long start = Math.max(utteranceStart, end - longestSpan);
        messages.add(times(start, end).put("type", "measurement.result").put("trigger", trigger)
                .mergeIn(ExpressionMeter.measure(sound(start, end))));
        lastMeasured = end;
        measured = true;
    }

    private WaveAudio sound(long start, long end) {
        return new WaveAudio(sampleRate,
                Arrays.copyOfRange(recent, (int) (start - recentStart), (int) (end - recentStart)));
    }

    private JsonObject times(long start, long end) {
        return new JsonObject().put("audio_start_ms", millis(start)).put("audio_end_ms", millis(end));
    }

    private long millis(long sample) {
        return sample * 1_000L / sampleRate;
    }
}
