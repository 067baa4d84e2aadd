package io.quarkiverse.hume.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.hume.emulator.sound.WaveAudio;

class WaveAudioTest {

    private static final int CHANNELS = 22;
    private static final int DATA_SIZE = 40;

    private final WaveAudio audio = new WaveAudio(16_000,
            Samples.of((short) 1, (short) -2, Short.MAX_VALUE, Short.MIN_VALUE), 1);

    @Test
    void decode_encoded_sameSamples() {
        WaveAudio decoded = WaveAudio.decode(audio.encode().getBytes()).orElseThrow();

        assertThat(decoded.sampleRate()).isEqualTo(16_000);
        assertThat(decoded.samples()).isEqualTo(audio.samples());
        assertThat(decoded.seconds()).isEqualTo(4 / 16_000.0);
    }

    @Test
    void decode_twoChannels_firstOne() {
        byte[] file = changed(CHANNELS, 2);

        WaveAudio decoded = WaveAudio.decode(file).orElseThrow();
        assertThat(decoded.channels()).isEqualTo(2);
        assertThat(decoded.samples()).isEqualTo(Samples.of((short) 1, Short.MAX_VALUE));
    }

    @Test
    void decode_unknownChunkBeforeTheSound_skipped() {
        byte[] plain = audio.encode().getBytes();
        ByteBuffer file = ByteBuffer.allocate(plain.length + 12).order(ByteOrder.LITTLE_ENDIAN);
        // An odd size: a padding byte follows.
        file.put(plain, 0, 36).put("LIST".getBytes()).putInt(3).putInt(0).put(plain, 36, plain.length - 36);

        assertThat(WaveAudio.decode(file.array()).orElseThrow().samples()).isEqualTo(audio.samples());
    }

    @ParameterizedTest
    @ValueSource(ints = { -1, Integer.MAX_VALUE, 9 })
    void decode_dataSizeTooLarge_whatIsThere(int size) {
        byte[] file = audio.encode().getBytes();
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(DATA_SIZE, size);

        assertThat(WaveAudio.decode(file).orElseThrow().samples()).isEqualTo(audio.samples());
    }

    @ParameterizedTest
    @CsvSource({ "20, 3", "22, 0", "22, -1", "24, 999", "34, 8", "34, 24" })
    void decode_formatItCannotRead_empty(int position, short value) {
        byte[] file = changed(position, value);

        assertThat(WaveAudio.decode(file)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = { 0, 1, 11, 20, 43 })
    void decode_cutOffHeader_empty(int length) {
        assertThat(WaveAudio.decode(Arrays.copyOf(audio.encode().getBytes(), length))).isEmpty();
    }

    @Test
    void decode_formatOfHugeSize_asFarAsItIsKnown() {
        byte[] file = audio.encode().getBytes();
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(16, -1);

        assertThat(WaveAudio.decode(file).orElseThrow().samples()).isEqualTo(audio.samples());
    }

    private byte[] changed(int position, int value) {
        byte[] file = audio.encode().getBytes();
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putShort(position, (short) value);
        return file;
    }
}
