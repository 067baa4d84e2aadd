package io.quarkiverse.hume.emulator;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

import io.vertx.core.buffer.Buffer;

/**
 * One channel of 16-bit sound, to and from the WAV format. Own code, since a build may run on a JDK without java.desktop.
 *
 * @param channels of the file it was read from, of which only the first is kept
 */
record WaveAudio(int sampleRate, short[] samples, int channels) {

    private static final int HEADER_BYTES = 44;
    private static final int PCM = 1;
    private static final int SAMPLE_BYTES = 2;
    private static final int CHUNK_HEADER_BYTES = 8;
    private static final int FORMAT_BYTES = 16;
    // No recording has less, and a file that claims one sample a second would seem to last for months.
    private static final int LOWEST_SAMPLE_RATE = 1_000;

    WaveAudio(int sampleRate, short[] samples) {
        this(sampleRate, samples, 1);
    }

    /** @param bytes little-endian samples without a header */
    static WaveAudio ofSamples(int sampleRate, byte[] bytes) {
        short[] samples = new short[bytes.length / SAMPLE_BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(samples);
        return new WaveAudio(sampleRate, samples);
    }

    double seconds() {
        return (double) samples.length / sampleRate;
    }

    Buffer encode() {
        int dataBytes = samples.length * SAMPLE_BYTES;
        ByteBuffer wave = ByteBuffer.allocate(HEADER_BYTES + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
        wave.put(ascii("RIFF")).putInt(HEADER_BYTES - CHUNK_HEADER_BYTES + dataBytes).put(ascii("WAVE"));
        wave.put(ascii("fmt ")).putInt(FORMAT_BYTES).putShort((short) PCM).putShort((short) 1).putInt(sampleRate)
                .putInt(sampleRate * SAMPLE_BYTES).putShort((short) SAMPLE_BYTES).putShort((short) (SAMPLE_BYTES * Byte.SIZE));
        wave.put(ascii("data")).putInt(dataBytes);
        wave.asShortBuffer().put(samples);
        return Buffer.buffer(wave.array());
    }

    /** The file in base64. */
    String base64() {
        return Base64.getEncoder().encodeToString(encode().getBytes());
    }

    static boolean recognizes(byte[] file) {
        ByteBuffer wave = ByteBuffer.wrap(file);
        return file.length >= HEADER_BYTES && text(wave, 0).equals("RIFF") && text(wave, CHUNK_HEADER_BYTES).equals("WAVE");
    }

    /** The first channel; empty if the bytes are not a WAV file of 16-bit PCM. */
    static Optional<WaveAudio> decode(byte[] file) {
        ByteBuffer wave = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        if (!recognizes(file)) {
            return Optional.empty();
        }
        int format = -1;
        // Positions are long: a chunk may claim a size that overflows an int.
        for (long at = 12; at + CHUNK_HEADER_BYTES <= file.length;) {
            String name = text(wave, (int) at);
            long size = Integer.toUnsignedLong(wave.getInt((int) at + 4));
            int content = (int) at + CHUNK_HEADER_BYTES;
            if (name.equals("fmt ") && content + FORMAT_BYTES <= file.length) {
                format = content;
            } else if (name.equals("data")) {
                return format < 0 ? Optional.empty() : decode(wave, format, content, Math.min(size, file.length - content));
            }
            at += CHUNK_HEADER_BYTES + size + size % 2;
        }
        return Optional.empty();
    }

    private static Optional<WaveAudio> decode(ByteBuffer wave, int format, int content, long size) {
        int channels = wave.getShort(format + 2);
        int sampleRate = wave.getInt(format + 4);
        int bits = wave.getShort(format + 14);
        if (wave.getShort(format) != PCM || bits != SAMPLE_BYTES * Byte.SIZE || channels < 1
                || sampleRate < LOWEST_SAMPLE_RATE) {
            return Optional.empty();
        }
        int frameBytes = channels * SAMPLE_BYTES;
        short[] samples = new short[(int) (size / frameBytes)];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = wave.getShort(content + i * frameBytes);
        }
        return Optional.of(new WaveAudio(sampleRate, samples, channels));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String text(ByteBuffer wave, int at) {
        return new String(wave.array(), at, 4, StandardCharsets.US_ASCII);
    }
}
