package io.quarkiverse.hume.emulator;

/** Ends the work of an endpoint early: the request is refused with {@link #answer()}. */
final class RefusedRequest extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Answer answer;

    RefusedRequest(Answer answer) {
        // Control flow: nobody reads its stack trace.
        super("HTTP " + answer.status(), null, false, false);
        this.answer = answer;
    }

    Answer answer() {
        return answer;
    }
}
