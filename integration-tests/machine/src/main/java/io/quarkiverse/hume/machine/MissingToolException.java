package io.quarkiverse.hume.machine;

/** A tool is missing that this build requires. */
public final class MissingToolException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MissingToolException(String message) {
        super(message);
    }
}
