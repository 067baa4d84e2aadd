package io.quarkiverse.hume.emulator.sound;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

import io.vertx.core.buffer.Buffer;

/** A file that is asked about. All answers follow from its bytes. */
public final class Recording {

    private static final int HEADER_BYTES = 12;

    private final Buffer content;
    private final byte[] fingerprint;
    private final Optional<WaveAudio> audio;

    public Recording(Buffer content) {
        this.content = content;
        this.fingerprint = digest(content);
        this.audio = WaveAudio.decode(content.getBytes());
    }

    public int size() {
        return content.length();
    }

    /** Empty if the file is not one the emulator can read. */
    public Optional<Double> seconds() {
        return audio.map(WaveAudio::seconds);
    }

    /** A WAV file, though not necessarily of a kind that the emulator can read. */
    public boolean wave() {
        return WaveAudio.recognizes(content.getBytes(0, Math.min(HEADER_BYTES, size())));
    }

    /** By its first bytes: a tag, or the eleven set bits every frame begins with. */
    public boolean mp3() {
        return size() > 2 && (content.getString(0, 3).equals("ID3") || content.getUnsignedShort(0) >= 0xffe0);
    }

    /** By its first bytes. */
    public boolean jpeg() {
        return size() > 2 && content.getUnsignedShort(0) == 0xffd8;
    }

    /** A number in [0, 1) that depends on the file and the topic only. */
    public double fraction(String topic) {
        Buffer hash = Buffer.buffer(digest(Buffer.buffer(fingerprint).appendString(topic)));
        return hash.getUnsignedMedium(0) / (double) (1 << 24);
    }

    /** A probability as Hume gives it, to four places. */
    public static double rounded(double probability) {
        return Math.round(probability * 10_000) / 10_000.0;
    }

    private static byte[] digest(Buffer input) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(input.getBytes());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every JDK has SHA-256", impossible);
        }
    }
}
