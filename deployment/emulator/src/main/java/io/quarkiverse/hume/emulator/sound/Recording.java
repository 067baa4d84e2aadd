package io.quarkiverse.hume.emulator.sound;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/** A file somebody wants to know something about. All that is said of it follows from its bytes. */
public final class Recording {

    private final byte[] content;
    private final byte[] fingerprint;
    private final Optional<WaveAudio> audio;

    public Recording(byte[] content) {
        this.content = content;
        this.fingerprint = digest(content);
        this.audio = WaveAudio.decode(content);
    }

    public int size() {
        return content.length;
    }

    /** Empty if the file is not one the emulator can read. */
    public Optional<Double> seconds() {
        return audio.map(WaveAudio::seconds);
    }

    /** A WAV file, though not necessarily of a kind the emulator can read. */
    public boolean wave() {
        return WaveAudio.recognizes(content);
    }

    /** By its first bytes: a tag, or the eleven set bits every frame begins with. */
    public boolean mp3() {
        return content.length > 2 && (content[0] == 'I' && content[1] == 'D' && content[2] == '3'
                || content[0] == (byte) 0xff && (content[1] & 0xe0) == 0xe0);
    }

    /** A number in [0, 1) that depends on the file and the topic only. */
    public double fraction(String topic) {
        byte[] hash = digest(fingerprint, topic.getBytes(StandardCharsets.UTF_8));
        return ((hash[0] & 0xff) << 16 | (hash[1] & 0xff) << 8 | hash[2] & 0xff) / (double) (1 << 24);
    }

    private static byte[] digest(byte[]... inputs) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] input : inputs) {
                digest.update(input);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every JDK has SHA-256", impossible);
        }
    }
}
