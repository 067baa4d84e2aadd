package io.quarkiverse.hume.runtime.access;

import java.util.concurrent.CompletionStage;

/** Decides whether a caller may have one more socket open. For use by many threads. */
public interface SocketLimit {

    /** A place that a socket takes. */
    interface Permit {

        /** Gives the place back. Called once. Must neither block nor throw. */
        void release();
    }

    /**
     * Takes a place if there is one. Never blocks and never throws.
     *
     * @return completes on any thread; with {@code null} if the caller has as many sockets as it may
     */
    CompletionStage<Permit> enter(Caller caller);
}
