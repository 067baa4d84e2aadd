package io.quarkiverse.hume.runtime.endpoint;

import java.net.URI;

/** Is shown each time that a token request is sent: what can be seen from outside, nothing of what it carries. */
@FunctionalInterface
public interface AttemptObserver {

    /** The request is about to be sent. */
    Attempt started(URI endpoint);

    /** One sending of the request. */
    @FunctionalInterface
    interface Attempt {

        /**
         * Called once, on any thread.
         *
         * @param status of the answer; 0 if there was none
         * @param failure why there was none; {@code null} with an answer
         */
        void ended(int status, Throwable failure);
    }
}
