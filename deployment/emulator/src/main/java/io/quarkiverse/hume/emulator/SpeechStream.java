package io.quarkiverse.hume.emulator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.vertx.core.json.JsonObject;

/**
 * Finds and measures the utterances of sound while it comes in, with the same results as {@link ExpressionMeter} for all of
 * it. Keeps no more than the longest span that is measured at once. Positions count samples since the beginning.
 */
final class SpeechStream {

    private static final int NONE = -1;

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

    SpeechStream(int sampleRate, int timerMillis) {
        this.sampleRate = sampleRate;
        this.frame = (int) (ExpressionMeter.FRAME_SECONDS * sampleRate);
        this.pause = (int) (ExpressionMeter.PAUSE_SECONDS * sampleRate);
        this.longestSpan = (int) (ExpressionMeter.LONGEST_SPAN_SECONDS * sampleRate);
        this.timer = timerMillis * sampleRate / 1_000;
    }

    /** @return the messages this sound leads to */
    List<JsonObject> add(short[] samples) {
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
    List<JsonObject> end() {
        List<JsonObject> messages = new ArrayList<>();
        if (received() > position) {
            listen(received(), messages);
        }
        if (utteranceStart != NONE) {
            endUtterance(messages);
        }
        return messages;
    }

    long receivedMillis() {
        return millis(received());
    }

    private long received() {
        return recentStart + recent.length;
    }

    private void listen(long end, List<JsonObject> messages) {
        boolean audible = meter(position, end).audible();
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
        messages.add(new JsonObject().put("type", "measurement.result")
                .mergeIn(meter(start, end).measurement(trigger)).mergeIn(times(start, end)));
        lastMeasured = end;
        measured = true;
    }

    private ExpressionMeter meter(long start, long end) {
        short[] stretch = Arrays.copyOfRange(recent, (int) (start - recentStart), (int) (end - recentStart));
        return new ExpressionMeter(new WaveAudio(sampleRate, stretch), 0);
    }

    private JsonObject times(long start, long end) {
        return new JsonObject().put("audio_start_ms", millis(start)).put("audio_end_ms", millis(end));
    }

    private long millis(long sample) {
        return sample * 1_000L / sampleRate;
    }
}
