package io.quarkiverse.hume.runtime.event;

import java.net.URI;
import java.util.function.Consumer;

/**
 * Shows token requests to a tracing system. A bean of this type exists only in applications that trace. Never sees a token.
 */
public interface TokenRequestTracer {

    /**
     * A request begins: called on the Vert.x context, made for this request, on which all of it runs.
     *
     * @return notified once, on any thread, when the request ends: with the failure, or {@code null} after a success
     */
    Consumer<Throwable> started(String account);

    /** An attempt of the request begins: called on the same context, as often as the request is sent. */
    Attempt attempt(URI endpoint);

    /** Notified of the result of an attempt. */
    @FunctionalInterface
    interface Attempt {

        /**
         * It ended; called once, on any thread.
         *
         * @param status of the answer; 0 if there was none
         * @param failure why there was none; {@code null} with an answer
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
