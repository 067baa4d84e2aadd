package io.quarkiverse.hume.runtime.webhook;

import java.time.Duration;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;

/** Ends requests that are answered before their body is complete. */
final class UnreadBody {

    private static final long NO_ERROR = 0;

    private UnreadBody() {
    }

    /** Whether the response has to announce that the connection will be closed. With HTTP/2, only the stream is closed. */
    static boolean closesConnection(RoutingContext context) {
        return context.request().version() != HttpVersion.HTTP_2;
    }

    /**
     * Ends the request after it was answered, so that its sender cannot keep the connection with the rest of the body.
     *
     * @param grace how long the rest of the body is read and discarded: a sender that is still sending would not receive the
     *        response if the connection were closed at once. Zero if the sender has stalled
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
