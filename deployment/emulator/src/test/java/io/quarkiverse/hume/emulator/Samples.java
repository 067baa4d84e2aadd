package io.quarkiverse.hume.emulator;

import io.vertx.core.buffer.Buffer;

/** Samples of 16 bits as a WAV file has them. */
final class Samples {

    private Samples() {
    }

    static Buffer of(short... values) {
        Buffer samples = Buffer.buffer();
        for (short value : values) {
            samples.appendShortLE(value);
        }
        return samples;
    }
}
