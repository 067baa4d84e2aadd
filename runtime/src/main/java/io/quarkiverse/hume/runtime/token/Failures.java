package io.quarkiverse.hume.runtime.token;

import java.util.concurrent.CompletionException;

import io.quarkiverse.hume.HumeAuthenticationException;

/** The failures of requests that several callers share. */
public final class Failures {

    private Failures() {
    }

    /** The failure of a completion stage, without the exception in which dependent stages wrap it. */
    public static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /**
     * An exception of the caller's own, so that nothing that one caller adds to it, a suppressed exception for instance, shows
     * up at another one. It has the stack trace of where it is made.
     */
    public static HumeAuthenticationException forOneCaller(HumeAuthenticationException shared) {
        return new HumeAuthenticationException(shared.reason(), shared.account(), shared.getMessage(),
                shared.getCause() != null ? shared.getCause() : shared, shared.retryAt().orElse(null));
    }
}
