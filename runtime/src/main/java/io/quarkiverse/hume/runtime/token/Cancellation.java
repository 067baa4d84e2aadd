package io.quarkiverse.hume.runtime.token;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Passes the cancellation of one stage on to another. */
public final class Cancellation {

    private Cancellation() {
    }

    /**
     * Makes the cancellation of the derived stage cancel the original stage as well.
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
