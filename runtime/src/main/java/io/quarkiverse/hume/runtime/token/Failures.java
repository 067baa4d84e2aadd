package io.quarkiverse.hume.runtime.token;

import java.util.concurrent.CompletionException;

import io.quarkiverse.hume.HumeAuthenticationException;

/** Prepares the failures of requests that several callers share. */
public final class Failures {

    private Failures() {
    }

    /** Returns the failure of a completion stage, without the exception in which dependent stages wrap it. */
    public static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /**
     * Returns a separate exception for one caller, so that changes to it, such as an added suppressed exception, do not affect
     * other callers. Its stack trace is that of the calling thread.
     */
    public static HumeAuthenticationException forOneCaller(HumeAuthenticationException shared) {
        return new HumeAuthenticationException(shared.reason(), shared.account(), shared.getMessage(),
                shared.getCause() != null ? shared.getCause() : shared, shared.retryAt().orElse(null));
    }
}
