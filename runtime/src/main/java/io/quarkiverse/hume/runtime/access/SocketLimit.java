package io.quarkiverse.hume.runtime.access;

import java.util.concurrent.CompletionStage;

/** Decides whether a caller may open another socket. Thread-safe. */
public interface SocketLimit {

    /** The permission to have one socket open, which counts until it is released. */
    interface Permit {

        /** Releases the permit. Called once. Must neither block nor throw. */
        void release();
    }

    /**
     * Takes a permit if the caller is below the limit. Never blocks and never throws.
     *
     * @return completes on any thread, with {@code null} if the caller has reached the limit
     */
    CompletionStage<Permit> enter(Caller caller);
}
