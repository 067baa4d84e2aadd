package io.quarkiverse.hume.runtime.webhook;

import java.time.Duration;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;

/** What becomes of a connection whose request is answered before its body is complete. */
final class UnreadBody {

    private static final long NO_ERROR = 0;

    private UnreadBody() {
    }

    /** Whether the answer has to announce that its connection is closed; in HTTP/2, only the stream ends. */
    static boolean closesConnection(RoutingContext context) {
        return context.request().version() != HttpVersion.HTTP_2;
    }

    /**
     * Ends the request after it was answered, so that its sender cannot keep the connection with the rest of the body.
     *
     * @param grace how long the rest is read and dropped, since a sender that is in the middle of it would lose the answer
     *        with the connection; zero if the sender does not send anyway
     */
    static void close(RoutingContext context, Duration grace) {
        context.addEndHandler(answered -> {
            if (answered.failed()) {
                return; // The sender has left.
            }
            if (grace.isZero()) {
                end(context.request());
            } else {
                context.vertx().setTimer(grace.toMillis(), timer -> end(context.request()));
            }
        });
    }

    private static void end(HttpServerRequest request) {
        if (request.version() == HttpVersion.HTTP_2) {
            request.response().reset(NO_ERROR);
        } else {
            request.connection().close();
        }
    }
}
