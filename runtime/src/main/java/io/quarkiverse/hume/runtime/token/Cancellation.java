package io.quarkiverse.hume.runtime.token;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What the cancellation of one stage means for another. */
public final class Cancellation {

    private Cancellation() {
    }

    /**
     * Cancelling the derived stage cancels the origin, which ends the waiting for it.
     *
     * @return the derived stage
     */
    public static <T> CompletionStage<T> passedOn(CompletionStage<T> derived, CompletionStage<?> origin) {
        CompletableFuture<T> result = derived.toCompletableFuture();
        if (!result.isDone()) {
            result.whenComplete((ignored, failure) -> {
                if (result.isCancelled()) {
                    origin.toCompletableFuture().cancel(false);
                }
            });
        }
        return result;
    }
}
