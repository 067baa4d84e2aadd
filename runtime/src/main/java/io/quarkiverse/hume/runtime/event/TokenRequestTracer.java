package io.quarkiverse.hume.runtime.event;

import java.net.URI;
import java.util.function.Consumer;

/**
 * Reports token requests to a tracing system. A bean of this type exists only in applications with tracing. It never receives a
 * token.
 */
public interface TokenRequestTracer {

    /**
     * A request begins. Called on the Vert.x context that was created for this request and on which all of it runs.
     *
     * @return a callback that must be called once, on any thread, when the request ends: with the failure, or with {@code null}
     *         after a success
     */
    Consumer<Throwable> started(String account);

    /** An attempt begins. Called on the same context each time the request is sent. */
    Attempt attempt(URI endpoint);

    /** Notified of the result of an attempt. */
    @FunctionalInterface
    interface Attempt {

        /**
         * The attempt ended. Called once, on any thread.
         *
         * @param status the status of the response; 0 if there was none
         * @param failure why there was no response; {@code null} if there was one
         */
        void ended(int status, Throwable failure);
    }

    TokenRequestTracer NONE = new TokenRequestTracer() {

        @Override
        public Consumer<Throwable> started(String account) {
            return failure -> {
            };
        }

        @Override
        public Attempt attempt(URI endpoint) {
            return (status, failure) -> {
            };
        }
    };
}
