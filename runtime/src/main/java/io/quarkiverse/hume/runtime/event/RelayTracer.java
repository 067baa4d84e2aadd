package io.quarkiverse.hume.runtime.event;

import java.util.function.Consumer;

import io.quarkiverse.hume.runtime.event.AccountListener.RelayOutcome;

/**
 * Reports relayed requests to a tracing system. A bean of this type exists only in applications with tracing. Never receives a
 * secret.
 */
public interface RelayTracer {

    /**
     * A request is forwarded to Hume. Called on the Vert.x context of the request.
     *
     * @param operation the entry of the allow-list that it matched
     * @return a callback that must be called once, on any thread, with the outcome
     */
    Consumer<RelayOutcome> started(String account, String operation);

    RelayTracer NONE = (account, operation) -> outcome -> {
    };
}
