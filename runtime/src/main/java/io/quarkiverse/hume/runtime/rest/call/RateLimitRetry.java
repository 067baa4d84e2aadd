package io.quarkiverse.hume.runtime.rest.call;

import java.util.concurrent.CompletionStage;

import org.jboss.resteasy.reactive.client.impl.RestClientRequestContext;
import org.jboss.resteasy.reactive.client.spi.ClientRestHandler;

import io.quarkiverse.hume.runtime.limit.CallLimit;

/**
 * Sends a call once more after a 429, which says that Hume has not executed it. Must be installed before {@link
 * UnauthorizedRetry}, and then comes after it in the request's chain of handlers.
 */
final class RateLimitRetry extends CallRetry {

    private static final String REPEATED = RateLimitRetry.class.getName();

    private final CallLimit limit;

    RateLimitRetry(CallLimit limit) {
        this.limit = limit;
    }

    @Override
    void examine(RestClientRequestContext request, ClientRestHandler next) throws Exception {
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
                discardAnswer(request);
                resumeAtSending(request);
            } catch (Throwable e) {
                request.resume(e);
            }
        });
    }
}
