package io.quarkiverse.hume.runtime.rest.call;

import org.jboss.resteasy.reactive.client.impl.RestClientRequestContext;

import io.vertx.core.Context;
import io.vertx.core.Vertx;

/**
 * The request of the current Vert.x context, as soon as it has been decided which credential the request carries. Redirect
 * handlers, customizers and interceptors have access only to the context.
 */
final class CurrentRequest {

    private static final String KEY = CurrentRequest.class.getName();

    private CurrentRequest() {
    }

    /** Records that the credential of the request has been decided. */
    static void decided(RestClientRequestContext request) {
        request.getClientRequestContext().getContext().putLocal(KEY, request);
    }

    /** @return {@code null} if the current context has no request, or its credential has not been decided */
    static RestClientRequestContext get() {
        Context context = Vertx.currentContext();
        return context == null ? null : context.getLocal(KEY);
    }
}
