package io.quarkiverse.hume.runtime.access;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** Decides whether another request of a caller is admitted. Thread-safe. */
public interface RequestLimit {

    /**
     * Decides about one request, and counts it if it is admitted. Never blocks and never throws.
     *
     * @return completes on any thread: with zero if the request is admitted, otherwise with the time after which a request of
     *         the caller will be admitted
     */
    CompletionStage<Duration> admit(Caller caller);
}
