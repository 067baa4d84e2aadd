package io.quarkiverse.hume.runtime.devui;

import java.io.IOException;
import java.util.concurrent.TimeoutException;

/** Describes the cause of a failed request. */
final class Causes {

    private Causes() {
    }

    /** The message of the innermost cause if that is a network failure, otherwise the name of its class. */
    static String describe(Throwable failure) {
        Throwable innermost = failure;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        boolean network = innermost instanceof IOException || innermost instanceof TimeoutException;
        return network && innermost.getMessage() != null ? innermost.getMessage() : innermost.getClass().getName();
    }
}
