package io.quarkiverse.hume.machine;

/** A tool that this build requires is missing. */
public final class MissingToolException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MissingToolException(String message) {
        super(message);
    }
}
