package io.quarkiverse.hume.runtime.devui;

import java.io.IOException;
import java.util.concurrent.TimeoutException;

/** What to say of a request that failed. */
final class Causes {

    private Causes() {
    }

    /** The innermost cause, where the network gave it, with what it says; of anything else the class only. */
    static String describe(Throwable failure) {
        Throwable innermost = failure;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        boolean network = innermost instanceof IOException || innermost instanceof TimeoutException;
        return network && innermost.getMessage() != null ? innermost.getMessage() : innermost.getClass().getName();
    }
}
