package io.quarkiverse.hume.emulator.sound;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import io.vertx.core.buffer.Buffer;

/**
 * One channel of 16-bit sound, to and from the WAV format. Own code, since a build may run on a JDK without java.desktop.
 *
 * @param channels of the file it was read from, of which only the first is kept
 */
public record WaveAudio(int sampleRate, short[] samples, int channels) {

    private static final int HEADER_BYTES = 44;
    private static final int PCM = 1;
    private static final int SAMPLE_BYTES = 2;
    private static final int CHUNK_HEADER_BYTES = 8;
    private static final int FORMAT_BYTES = 16;
    // MPEG-1, layer III, 48 kHz, mono, 32 kbit/s, no checksum.
    private static final byte[] MP3_FRAME_HEADER = { (byte) 0xff, (byte) 0xfb, 0x14, (byte) 0xc0 };
    private static final int MP3_SAMPLE_RATE = 48_000;
    private static final int MP3_FRAME_SAMPLES = 1_152;
    private static final int MP3_FRAME_BYTES = 96;
    // No recording has less, and a file that claims one sample a second would seem to last for months.
    private static final int LOWEST_SAMPLE_RATE = 1_000;

    public WaveAudio(int sampleRate, short[] samples) {
        this(sampleRate, samples, 1);
    }

    /** @param bytes little-endian samples without a header */
    public static WaveAudio ofSamples(int sampleRate, byte[] bytes) {
        short[] samples = new short[bytes.length / SAMPLE_BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(samples);
        return new WaveAudio(sampleRate, samples);
    }

    public double seconds() {
        return (double) samples.length / sampleRate;
    }

    public static WaveAudio join(List<WaveAudio> parts) {
        short[] all = new short[parts.stream().mapToInt(part -> part.samples.length).sum()];
        int position = 0;
        for (WaveAudio part : parts) {
            System.arraycopy(part.samples, 0, all, position, part.samples.length);
            position += part.samples.length;
        }
        return new WaveAudio(parts.get(0).sampleRate, all);
    }

    /** @param longest the most samples it may have with it */
    public WaveAudio withSilence(double seconds, int longest) {
        int length = (int) Math.min(longest, samples.length + Math.round(seconds * sampleRate));
        return new WaveAudio(sampleRate, Arrays.copyOf(samples, Math.max(length, samples.length)));
    }

    public Buffer encode() {
        return encode(samples.length);
    }

    /** @param announced how many samples the header says there are: more of them may follow */
    public Buffer encode(int announced) {
        int dataBytes = announced * SAMPLE_BYTES;
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        header.put(ascii("RIFF")).putInt(HEADER_BYTES - CHUNK_HEADER_BYTES + dataBytes).put(ascii("WAVE"));
        header.put(ascii("fmt ")).putInt(FORMAT_BYTES).putShort((short) PCM).putShort((short) 1).putInt(sampleRate)
                .putInt(sampleRate * SAMPLE_BYTES).putShort((short) SAMPLE_BYTES).putShort((short) (SAMPLE_BYTES * Byte.SIZE));
        header.put(ascii("data")).putInt(dataBytes);
        return Buffer.buffer(header.array()).appendBuffer(pcm());
    }

    /** The samples without a header. */
    public Buffer pcm() {
        ByteBuffer bytes = ByteBuffer.allocate(samples.length * SAMPLE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asShortBuffer().put(samples);
        return Buffer.buffer(bytes.array());
    }

    /** An MP3 file of the same length, but without sound, since there is no encoder here: its frames are empty. */
    public Buffer silentMp3() {
        int frames = (int) Math.ceil(seconds() * MP3_SAMPLE_RATE / MP3_FRAME_SAMPLES);
        byte[] file = new byte[frames * MP3_FRAME_BYTES];
        for (int frame = 0; frame < frames; frame++) {
            System.arraycopy(MP3_FRAME_HEADER, 0, file, frame * MP3_FRAME_BYTES, MP3_FRAME_HEADER.length);
        }
        return Buffer.buffer(file);
    }

    public static boolean recognizes(byte[] file) {
        ByteBuffer wave = ByteBuffer.wrap(file);
        return file.length >= HEADER_BYTES && text(wave, 0).equals("RIFF") && text(wave, CHUNK_HEADER_BYTES).equals("WAVE");
    }

    /** The first channel; empty if the bytes are not a WAV file of 16-bit PCM. */
    public static Optional<WaveAudio> decode(byte[] file) {
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
