package io.quarkiverse.hume.runtime.account;

import java.util.concurrent.CompletionException;

/** What a completion stage failed with, without the exception that stages put around it for those further down. */
public final class CompletionCause {

    private CompletionCause() {
    }

    public static Throwable of(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
