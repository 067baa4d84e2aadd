package io.quarkiverse.hume.runtime.access;

import java.time.Duration;

import io.quarkiverse.hume.runtime.token.Failures;
import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/**
 * Decides whether a request to an endpoint of the extension is admitted: the user must have access, and the caller must not
 * have reached the limit of requests.
 */
public final class EndpointGuard {

    /** Receives the decision about one request. Each method is called on the Vert.x context of the request. */
    public interface Decision {

        /** @param caller the caller that sent the request */
        void admitted(Caller caller);

        /** @param wait the time after which a request of the same caller will be admitted */
        void limited(Duration wait);

        /**
         * @param failure an {@link io.quarkus.security.UnauthorizedException} or {@link io.quarkus.security.ForbiddenException}
         *        if the user may not use the endpoint, otherwise an unexpected error
         */
        void failed(Throwable failure);
    }

    private final EndpointAccess access;
    private final RequestLimit limit;

    public EndpointGuard(EndpointAccess access, RequestLimit limit) {
        this.access = access;
        this.limit = limit;
    }

    /** Calls one method of the decision, either now or later. Calls none if the request has ended by then. Never blocks. */
    public void check(RoutingContext context, Decision decision) {
        Context home = context.vertx().getOrCreateContext();
        access.admit(context).subscribe().with(
                user -> home.runOnContext(ignored -> limit(context, home, user, decision)),
                failure -> home.runOnContext(ignored -> fail(context, failure, decision)));
    }

    private void limit(RoutingContext context, Context home, SecurityIdentity user, Decision decision) {
        if (isOver(context)) {
            return;
        }
        Caller caller = Caller.of(context, user);
        limit.admit(caller).whenComplete((wait, failure) -> home.runOnContext(ignored -> {
            if (failure != null) {
                fail(context, Failures.cause(failure), decision);
            } else if (isOver(context)) {
                return;
            } else if (wait.isZero()) {
                admit(context, caller, decision);
            } else {
                decision.limited(wait);
            }
        }));
    }

    /** Without a response to an unexpected failure, the caller would wait until the connection times out. */
    private static void admit(RoutingContext context, Caller caller, Decision decision) {
        try {
            decision.admitted(caller);
        } catch (RuntimeException e) {
            fail(context, e, decision);
        }
    }

    private static void fail(RoutingContext context, Throwable failure, Decision decision) {
        if (!isOver(context)) {
            decision.failed(failure);
        }
    }

    /**
     * Whether the request needs no response any more, because the security layer has answered it or the client has closed the
     * connection.
     */
    public static boolean isOver(RoutingContext context) {
        HttpServerResponse response = context.response();
        return response.ended() || response.closed() || context.failed();
    }
}
