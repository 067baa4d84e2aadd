package io.quarkiverse.hume.emulator;

/** A control call that cannot be obeyed. The message names the field and is meant for the caller. */
final class InvalidInputException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    InvalidInputException(String message) {
        super(message);
    }
}
