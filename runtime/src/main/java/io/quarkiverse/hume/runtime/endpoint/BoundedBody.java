package io.quarkiverse.hume.runtime.endpoint;

import java.io.ByteArrayOutputStream;

/** Collects a body up to a limit that no token response comes near. */
final class BoundedBody {

    static final int LIMIT = 64 * 1024;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);

    /** @return whether there was room for it */
    boolean append(byte[] piece) {
        if (bytes.size() + piece.length > LIMIT) {
            return false;
        }
        bytes.writeBytes(piece);
        return true;
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }

    /** The body has more bytes than that. */
    static final class TooLarge extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooLarge() {
            super("more than " + LIMIT + " bytes");
        }
    }
}
