package io.quarkiverse.hume.emulator.sound;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;

import io.vertx.core.buffer.Buffer;

/** One channel of 16-bit, little-endian sound, to and from the WAV format. */
public record WaveAudio(int sampleRate, Buffer samples, int channels) {

    // MPEG-1, layer III, 48 kHz, mono, 32 kbit/s, no checksum.
    private static final byte[] MP3_FRAME_HEADER = { (byte) 0xff, (byte) 0xfb, 0x14, (byte) 0xc0 };
    private static final int MP3_SAMPLE_RATE = 48_000;
    private static final int MP3_FRAME_SAMPLES = 1_152;
    private static final int MP3_FRAME_BYTES = 96;
    // Recordings have a higher rate. With one sample per second, a file would count as a recording of months.
    private static final int LOWEST_SAMPLE_RATE = 1_000;

    /** The number of samples. */
    public int length() {
        return samples.length() / Short.BYTES;
    }

    public double seconds() {
        return (double) length() / sampleRate;
    }

    public static WaveAudio join(List<WaveAudio> parts) {
        Buffer all = Buffer.buffer();
        parts.forEach(part -> all.appendBuffer(part.samples));
        return new WaveAudio(parts.get(0).sampleRate, all, 1);
    }

    /** @param longest the largest number of samples of the result */
    public WaveAudio withSilence(double seconds, int longest) {
        int silence = (int) Math.max(0, Math.min(longest - length(), Math.round(seconds * sampleRate)));
        return new WaveAudio(sampleRate, samples.copy().appendBytes(new byte[silence * Short.BYTES]), 1);
    }

    public Buffer encode() {
        return encode(length());
    }

    /** @param announced how many samples the header says there are: more of them may follow */
    public Buffer encode(int announced) {
        AudioFormat format = new AudioFormat(sampleRate, Short.SIZE, 1, true, false);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try {
            AudioSystem.write(new AudioInputStream(new ByteArrayInputStream(samples.getBytes()), format, announced),
                    AudioFileFormat.Type.WAVE, file);
        } catch (IOException impossible) {
            throw new UncheckedIOException("The file is in memory", impossible);
        }
        return Buffer.buffer(file.toByteArray());
    }

    /** A silent MP3 file of the same length: its frames are empty, because the JDK has no encoder for MP3. */
    public Buffer silentMp3() {
        int frames = (int) Math.ceil(seconds() * MP3_SAMPLE_RATE / MP3_FRAME_SAMPLES);
        Buffer file = Buffer.buffer(new byte[frames * MP3_FRAME_BYTES]);
        for (int frame = 0; frame < frames; frame++) {
            file.setBytes(frame * MP3_FRAME_BYTES, MP3_FRAME_HEADER);
        }
        return file;
    }

    /** Whether it is a WAV file, though not necessarily of a kind that {@link #decode} reads. */
    public static boolean recognizes(byte[] file) {
        return new String(file, 0, Math.min(12, file.length), StandardCharsets.ISO_8859_1).matches("(?s)RIFF....WAVE");
    }

    /** The first channel; empty if the bytes are not a WAV file of 16-bit PCM. */
    public static Optional<WaveAudio> decode(byte[] file) {
        try (AudioInputStream stream = AudioSystem.getAudioInputStream(new ByteArrayInputStream(file))) {
            AudioFormat format = stream.getFormat();
            int channels = format.getChannels();
            int sampleRate = (int) format.getSampleRate();
            if (!recognizes(file) || !format.getEncoding().equals(AudioFormat.Encoding.PCM_SIGNED)
                    || format.getSampleSizeInBits() != Short.SIZE
                    || channels < 1 || channels > Short.MAX_VALUE || sampleRate < LOWEST_SAMPLE_RATE) {
                return Optional.empty();
            }
            Buffer all = Buffer.buffer(stream.readAllBytes());
            Buffer first = Buffer.buffer();
            for (int at = 0; at + format.getFrameSize() <= all.length(); at += format.getFrameSize()) {
                first.appendShortLE(all.getShortLE(at));
            }
            return Optional.of(new WaveAudio(sampleRate, first, channels));
        } catch (UnsupportedAudioFileException | IOException | RuntimeException unreadable) {
            // The JDK's reader throws many kinds of exceptions if a header is inconsistent.
            return Optional.empty();
        }
    }
}
