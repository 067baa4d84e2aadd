package io.quarkiverse.hume.runtime.relay;

import java.util.function.Consumer;

import io.quarkiverse.hume.runtime.access.Problem;
import io.quarkiverse.hume.runtime.event.AccountListener.RelayOutcome;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;

/**
 * Rejects handshakes that contain disallowed headers in their sub-protocols. Runs before Quarkus converts these to headers of
 * the request, because afterwards they cannot be distinguished from other headers. Never blocks.
 */
final class SubProtocolCheck implements Handler<RoutingContext> {

    private final Consumer<RelayOutcome> listener;

    /** @param listener notified of handshakes that are rejected; must neither block nor throw */
    SubProtocolCheck(Consumer<RelayOutcome> listener) {
        this.listener = listener;
    }

    @Override
    public void handle(RoutingContext context) {
        Problem rejection = SubProtocols.rejection(context.request().headers());
        if (rejection == null) {
            context.next();
            return;
        }
        listener.accept(RelayOutcome.NOT_ALLOWED);
        Problem.neverStored(context.response());
        context.request().resume();
        rejection.answer(context.response());
    }
}
