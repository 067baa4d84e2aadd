package io.quarkiverse.hume.runtime.rest.call;

import java.util.concurrent.CompletionStage;

import org.jboss.resteasy.reactive.client.impl.ClientRequestContextImpl;
import org.jboss.resteasy.reactive.client.impl.RestClientRequestContext;
import org.jboss.resteasy.reactive.client.spi.ClientRestHandler;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientRequestContext;

import io.quarkiverse.hume.runtime.limit.CallLimit;

/**
 * Sends a call once more after a 429, which says that Hume has not executed it. Works like {@link UnauthorizedRetry}, and comes
 * after it in the request's chain of handlers.
 */
final class RateLimitRetry {

    private static final String REPEATED = RateLimitRetry.class.getName();

    private final CallLimit limit;

    // One handler is reused for all requests of a client, as in UnauthorizedRetry.
    private volatile RetryHandler lastHandler;

    RateLimitRetry(CallLimit limit) {
        this.limit = limit;
    }

    /** Must be called before {@link UnauthorizedRetry#install}. */
    void install(ResteasyReactiveClientRequestContext context) {
        ClientRestHandler[] chain = ((ClientRequestContextImpl) context).getRestClientRequestContext().getHandlers();
        int position = DestinationGuard.sendPosition(chain) + 1;
        if (position == 0 || position == chain.length || chain[position] instanceof RetryHandler) {
            return;
        }
        RetryHandler handler = lastHandler;
        if (handler == null || handler.next != chain[position]) {
            handler = new RetryHandler(chain[position]);
            lastHandler = handler;
        }
        chain[position] = handler;
    }

    private final class RetryHandler implements ClientRestHandler {

        private final ClientRestHandler next;

        private RetryHandler(ClientRestHandler next) {
            this.next = next;
        }

        @Override
        public void handle(RestClientRequestContext request) throws Exception {
            if (request.getResponseStatus() != 429 || !CarriedCredential.isAnswered(request)) {
                next.handle(request);
            } else if (request.getProperties().putIfAbsent(REPEATED, Boolean.TRUE) != null) {
                limit.refused();
                next.handle(request);
            } else {
                CompletionStage<Void> permit = limit.permitAfterRefusal(
                        request.getVertxClientResponse().getHeader("Retry-After"),
                        RepeatableBody.isRepeatable(request.getEntity()));
                if (permit == null) {
                    next.handle(request);
                } else {
                    repeat(request, permit);
                }
            }
        }

        /** Any exception becomes the result of the call, because a request that is suspended and not resumed never ends. */
        private void repeat(RestClientRequestContext request, CompletionStage<Void> permit) {
            request.suspend();
            permit.whenComplete((granted, failure) -> {
                try {
                    if (failure != null) {
                        request.resume(failure);
                        return;
                    }
                    UnauthorizedRetry.discardAnswer(request);
                    request.setPosition(DestinationGuard.sendPosition(request.getHandlers()));
                    request.resume();
                } catch (Throwable e) {
                    request.resume(e);
                }
            });
        }
    }
}
