package io.quarkiverse.hume.runtime.relay;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.quarkiverse.hume.runtime.access.Caller;
import io.quarkiverse.hume.runtime.access.CrossOriginAccess;
import io.quarkiverse.hume.runtime.access.EndpointGuard;
import io.quarkiverse.hume.runtime.access.Problem;
import io.quarkiverse.hume.runtime.event.AccountListener.RelayOutcome;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/**
 * Decides which requests are relayed: the user must have access and be within the limit, the page must have an allowed origin,
 * and the request must match an entry of the allow-list. All of this is decided before a handshake is upgraded and before a
 * body is read. Never blocks.
 */
final class RelayRoute implements Handler<RoutingContext> {

    private final EndpointGuard guard;
    private final CrossOriginAccess pages;
    private final String path;
    private final AllowedRequests allowed;
    private final Supplier<Relay> relay;
    private final Consumer<RelayOutcome> listener;
    private final Warnings warnings;

    /**
     * @param path the path of the relay, including the HTTP root path and without a slash at its end
     * @param listener notified of requests that are not relayed; must neither block nor throw
     */
    RelayRoute(EndpointGuard guard, CrossOriginAccess pages, String path, AllowedRequests allowed, Supplier<Relay> relay,
            Consumer<RelayOutcome> listener, Warnings warnings) {
        this.guard = guard;
        this.pages = pages;
        this.path = path;
        this.allowed = allowed;
        this.relay = relay;
        this.listener = listener;
        this.warnings = warnings;
    }

    @Override
    public void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (request.method().equals(HttpMethod.OPTIONS)) {
            // A preflight request that the application's CORS settings have not answered is not allowed here either.
            context.next();
            return;
        }
        if (!request.isEnded()) {
            // Until the decision, no data of the body may be lost, and a handshake must not be read completely.
            request.pause();
        }
        Problem.neverStored(context.response());
        guard.check(context, new Admission(context));
    }

    private static boolean asksForSocket(HttpServerRequest request) {
        // The headers are checked here, so that no socket to Hume is opened for an invalid handshake, which the server would
        // reject later.
        return request.method().equals(HttpMethod.GET) && request.headers().contains("Upgrade", "websocket", true)
                && request.headers().contains("Sec-WebSocket-Version", "13", false)
                && request.headers().contains("Sec-WebSocket-Key");
    }

    /** Relays one request after the decision about it, or rejects it. */
    private final class Admission implements EndpointGuard.Decision {

        private final RoutingContext context;

        private Admission(RoutingContext context) {
            this.context = context;
        }

        @Override
        public void admitted(Caller caller) {
            HttpServerRequest request = context.request();
            String origin = request.getHeader("Origin");
            if (origin != null && !pages.allowsPage(request, origin)) {
                refused(RelayOutcome.FOREIGN_PAGE);
                RelayAnswers.FOREIGN_PAGE.answer(context.response());
                return;
            }
            // The path is compared as it was received, because the router normalizes paths and also matches other spellings.
            String raw = request.path();
            List<String> segments = raw.startsWith(path + "/") ? AllowedRequests.path(raw.substring(path.length())) : null;
            boolean socket = asksForSocket(request);
            AllowedRequests.Entry entry = segments == null ? null
                    : allowed.find(socket ? AllowedRequests.SOCKET : request.method().name(), segments);
            if (entry == null) {
                refused(RelayOutcome.NOT_ALLOWED);
                RelayAnswers.notAllowed(context.response(),
                        segments == null ? Set.of() : allowed.methods(segments));
                return;
            }
            RelayedCall call = new RelayedCall(context, caller, entry.text(),
                    "/" + String.join("/", segments) + RelayedHeaders.query(request.query()));
            if (socket) {
                relay.get().socket(call);
            } else {
                relay.get().request(call);
            }
        }

        @Override
        public void limited(Duration wait) {
            refused(RelayOutcome.LIMITED);
            RelayAnswers.TOO_MANY_REQUESTS.answer(context.response(), wait);
        }

        /**
         * Passes a rejection or an unexpected error to the HTTP layer, which answers it in the same way as for other endpoints.
         */
        @Override
        public void failed(Throwable failure) {
            boolean denied = failure instanceof UnauthorizedException || failure instanceof ForbiddenException;
            refused(denied ? RelayOutcome.DENIED : RelayOutcome.FAILED);
            if (failure instanceof UnauthorizedException && SubProtocols.containHeader(context.request().headers())) {
                warnings.unreadHeader();
            }
            context.fail(failure);
        }

        /** Reports the outcome, and discards the rest of the request, so that the browser reads the response. */
        private void refused(RelayOutcome outcome) {
            listener.accept(outcome);
            if (!context.request().isEnded()) {
                context.request().resume();
            }
        }
    }
}
