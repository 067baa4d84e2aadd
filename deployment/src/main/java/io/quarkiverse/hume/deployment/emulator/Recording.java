package io.quarkiverse.hume.deployment.emulator;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A file somebody wants to know something about. All that is said of it follows from its bytes. */
final class Recording {

    private static final double WINDOW_SECONDS = 1;
    private static final double WITHOUT_SOUND_SECONDS = 1;

    private final byte[] content;
    private final Optional<WaveAudio> audio;

    Recording(byte[] content) {
        this.content = content;
        this.audio = WaveAudio.decode(content).filter(wave -> wave.samples().length > 0);
    }

    /**
     * A stretch of the recording.
     *
     * @param loudness from 0 to 1
     * @param brightness from 0 to 1, growing with the pitch
     */
    record Window(double startSeconds, double endSeconds, double loudness, double brightness) {
    }

    int size() {
        return content.length;
    }

    /** Empty if the file is not one the emulator can read. */
    Optional<Double> seconds() {
        return audio.map(WaveAudio::seconds);
    }

    /** One per second of sound; for a file that cannot be read a single one, with invented values. */
    List<Window> windows() {
        return audio.map(Recording::windows).orElseGet(() -> List.of(
                new Window(0, WITHOUT_SOUND_SECONDS, fraction("loudness"), fraction("brightness"))));
    }

    /** A number in [0, 1) that depends on the file and the topic only. */
    double fraction(String topic) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(content);
            byte[] hash = digest.digest(topic.getBytes(StandardCharsets.UTF_8));
            return ((hash[0] & 0xff) << 16 | (hash[1] & 0xff) << 8 | hash[2] & 0xff) / (double) (1 << 24);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every JDK has SHA-256", impossible);
        }
    }

    private static List<Window> windows(WaveAudio audio) {
        List<Window> windows = new ArrayList<>();
        int length = Math.max(1, (int) (audio.sampleRate() * WINDOW_SECONDS));
        for (int start = 0; start < audio.samples().length; start += length) {
            windows.add(window(audio, start, Math.min(audio.samples().length, start + length)));
        }
        return windows;
    }

    private static Window window(WaveAudio audio, int start, int end) {
        double energy = 0;
        int crossings = 0;
        for (int i = start; i < end; i++) {
            double sample = audio.samples()[i] / (double) Short.MAX_VALUE;
            energy += sample * sample;
            crossings += i > start && audio.samples()[i] < 0 != audio.samples()[i - 1] < 0 ? 1 : 0;
        }
        double seconds = (double) (end - start) / audio.sampleRate();
        // Voices cross zero a few hundred times a second; a thousand is as bright as it gets.
        return new Window((double) start / audio.sampleRate(), (double) end / audio.sampleRate(),
                Math.min(1, Math.sqrt(energy / (end - start)) * 2), Math.min(1, crossings / seconds / 1000));
    }
}
