package io.quarkiverse.hume.runtime.account;

import java.util.function.Consumer;

/**
 * Shows token requests to a tracing system. A bean of this type exists only in applications that trace. Never sees a token.
 */
public interface TokenRequestTracer {

    /**
     * A request begins: called on the Vert.x context, made for this request, on which all of it runs.
     *
     * @return to be told once, on any thread, how the request ended: the failure, or {@code null} after a success
     */
    Consumer<Throwable> started(String account);

    TokenRequestTracer NONE = account -> failure -> {
    };
}
