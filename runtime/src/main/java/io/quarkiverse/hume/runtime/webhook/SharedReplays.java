package io.quarkiverse.hume.runtime.webhook;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Knows which instance of the application has accepted a webhook. Called after the replay cache of this instance, which decides
 * alone while the shared state is not available. Thread-safe; no method blocks or throws.
 */
public interface SharedReplays {

    /** For an application that shares no state with other instances. */
    SharedReplays NONE = new SharedReplays() {

        @Override
        public CompletionStage<Boolean> claim(String account, String signature, Duration lifetime) {
            return CompletableFuture.completedFuture(true);
        }

        @Override
        public void release(String account, String signature) {
            // The replay cache of this instance has released the webhook.
        }

        @Override
        public void releaseUnanswered(String account, String signature, int limit) {
            // The replay cache of this instance has released it, as above.
        }
    };

    /**
     * @param lifetime the time for which the webhook could be replayed
     * @return completes on any thread, with {@code false} if another instance has accepted the webhook; never fails
     */
    CompletionStage<Boolean> claim(String account, String signature, Duration lifetime);

    /** This instance did not process the webhook, so any instance may accept it. */
    void release(String account, String signature);

    /**
     * The sender got no response from this instance, so any instance may accept the webhook, unless this has happened more
     * often than the limit.
     */
    void releaseUnanswered(String account, String signature, int limit);
}
