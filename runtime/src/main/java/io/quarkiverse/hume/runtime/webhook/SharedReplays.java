package io.quarkiverse.hume.runtime.webhook;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Which instance of the application has accepted a webhook. Asked after the memory of this instance, which decides alone while
 * what is shared is not available. For use by many threads; no method blocks or throws.
 */
public interface SharedReplays {

    /** One instance only. */
    SharedReplays NONE = new SharedReplays() {

        @Override
        public CompletionStage<Boolean> claim(String account, String signature, Duration lifetime) {
            return CompletableFuture.completedFuture(true);
        }

        @Override
        public void release(String account, String signature) {
            // The memory of this instance has released it.
        }

        @Override
        public void releaseUnanswered(String account, String signature, int limit) {
            // Likewise.
        }
    };

    /**
     * @param lifetime for how long it can be replayed
     * @return completes on any thread; with {@code false} if another instance has accepted it, and never with a failure
     */
    CompletionStage<Boolean> claim(String account, String signature, Duration lifetime);

    /** This instance did not process it after all, so any may accept it. */
    void release(String account, String signature);

    /** The sender got no answer from this instance, so any may accept it, unless that happened more often than the limit. */
    void releaseUnanswered(String account, String signature, int limit);
}
