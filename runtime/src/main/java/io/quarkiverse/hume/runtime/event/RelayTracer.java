package io.quarkiverse.hume.runtime.event;

import java.util.function.Consumer;

import io.quarkiverse.hume.runtime.event.AccountListener.RelayOutcome;

/**
 * Shows what is relayed to a tracing system. A bean of this type exists only in applications that trace. Never sees a secret.
 */
public interface RelayTracer {

    /**
     * A request is passed on to Hume. Called on the Vert.x context of the request.
     *
     * @param operation the entry of the allow-list that it matched
     * @return to be told once, on any thread, how it ended
     */
    Consumer<RelayOutcome> started(String account, String operation);

    RelayTracer NONE = (account, operation) -> outcome -> {
    };
}
