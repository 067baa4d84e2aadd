package io.quarkiverse.hume.runtime.access;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** Decides whether a caller may have a request more. For use by many threads. */
public interface RequestLimit {

    /**
     * Counts a request if it is admitted. Never blocks and never throws.
     *
     * @return completes on any thread, with zero if the request is admitted, else with how long the caller has to wait until
     *         one would be
     */
    CompletionStage<Duration> admit(Caller caller);
}
