package io.quarkiverse.hume.runtime.relay;

import io.quarkiverse.hume.runtime.access.Problem;
import io.quarkiverse.hume.runtime.event.AccountListener.RelayOutcome;
import io.quarkiverse.hume.runtime.log.HumeLog;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;

/**
 * The body of one relayed request. A small body is stored until the request is answered, so that it can be sent again. A larger
 * body is forwarded while it arrives, and reading pauses while Hume does not read. All methods run on the Vert.x context of the
 * request.
 */
final class RelayedBody {

    /** The maximum size of a body that is stored, in bytes. */
    private static final int MAX_STORED = 256 * 1024;

    private static final int UNKNOWN = -1;

    private final RelayedCall call;
    private final HttpServerRequest request;
    private final long maxSize;
    private final Warnings warnings;
    private final Listener listener;
    private final boolean allowed;

    /** The stored body; {@code null} if there is none, or if it is forwarded while it arrives. */
    private Buffer stored;
    private boolean forwarded;
    private boolean stopped;
    private long received;
    private boolean complete;

    /** Notified of the state of the body, on the context of the request. */
    interface Listener {

        /** The request can be sent to Hume, and {@link #sendTo} may be called. */
        void ready();

        /** A part of the body was received or forwarded. */
        void progressed();

        /** The request must not be relayed. If a part of the body was forwarded already, the rest must not be forwarded. */
        void rejected(RelayOutcome outcome, Problem problem);
    }

    RelayedBody(RelayedCall call, long maxSize, Warnings warnings, Listener listener) {
        this.call = call;
        this.request = call.context().request();
        this.maxSize = maxSize;
        this.warnings = warnings;
        this.listener = listener;
        this.allowed = !request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD);
    }

    /** Whether the whole body was received. */
    boolean isComplete() {
        return complete;
    }

    /** Whether {@link #sendTo} can be called more than once. */
    boolean isRepeatable() {
        return !forwarded;
    }

    /** Checks the body and starts to read it. Must be called once. */
    void take() {
        long length = length();
        if (!allowed && isAnnounced()) {
            listener.rejected(RelayOutcome.NOT_ALLOWED, RelayAnswers.BODY_NOT_ALLOWED);
        } else if (length > maxSize) {
            listener.rejected(RelayOutcome.TOO_LARGE, RelayAnswers.TOO_LARGE);
        } else if (request.isEnded()) {
            takeFromContext(length);
        } else if (length == 0) {
            discard();
            listener.ready();
        } else {
            if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
                request.response().writeContinue();
            }
            if (length != UNKNOWN && length <= MAX_STORED) {
                store((int) length);
            } else {
                forwarded = true;
                listener.ready();
            }
        }
    }

    private boolean isAnnounced() {
        String length = request.getHeader("Content-Length");
        return length == null ? request.headers().contains("Transfer-Encoding") : Long.parseLong(length.strip()) > 0;
    }

    /** @return the length of the body in bytes; 0 if there is no body, {@link #UNKNOWN} if it is not announced */
    private long length() {
        if (!allowed) {
            return 0;
        }
        String length = request.getHeader("Content-Length");
        if (length != null) {
            return Long.parseLong(length.strip()); // Other values cannot occur, because the server has rejected them.
        }
        boolean streams = request.headers().contains("Transfer-Encoding") || request.version().alpnName().equals("h2");
        return streams ? UNKNOWN : 0;
    }

    /**
     * Takes the body from the routing context, because another handler has read it before the relay. A body handler of Vert.x
     * Web does not keep the bytes of multipart bodies.
     */
    private void takeFromContext(long length) {
        Buffer body = call.context().body() == null ? null : call.context().body().buffer();
        complete = true;
        long kept = body == null ? 0 : body.length();
        if (length != 0 && kept != (length == UNKNOWN ? request.bytesRead() : length)) {
            HumeLog.LOG.relayedBodyGone(call.operation());
            listener.rejected(RelayOutcome.FAILED, RelayAnswers.BODY_GONE);
        } else {
            stored = length == 0 ? null : body;
            if (kept > 0) {
                warnings.bodyReadBefore();
            }
            listener.ready();
        }
    }

    private void store(int length) {
        Buffer body = Buffer.buffer(length);
        request.handler(piece -> {
            listener.progressed();
            body.appendBuffer(piece);
        });
        request.endHandler(end -> {
            complete = true;
            stored = body;
            listener.ready();
        });
        request.resume();
    }

    /** Reads the rest of the body without storing or forwarding it. */
    void discard() {
        request.handler(piece -> {
            if (!allowed && piece.length() > 0) {
                // HTTP/2 does not announce the body in a header. This has no effect if there is a response already.
                listener.rejected(RelayOutcome.NOT_ALLOWED, RelayAnswers.BODY_NOT_ALLOWED);
            }
        });
        request.endHandler(end -> complete = true);
        request.resume();
    }

    /** Stops forwarding the body. */
    void stop() {
        stopped = true;
    }

    /** Sends the body and ends the request to Hume, either now or when the whole body has arrived. */
    void sendTo(HttpClientRequest outgoing) {
        if (forwarded) {
            forward(outgoing);
        } else if (stored != null) {
            outgoing.end(stored);
        } else {
            outgoing.end();
        }
    }

    private void forward(HttpClientRequest outgoing) {
        long length = length();
        if (length == UNKNOWN) {
            outgoing.setChunked(true);
        } else {
            outgoing.putHeader("Content-Length", Long.toString(length));
        }
        request.handler(piece -> {
            received += piece.length();
            if (stopped) {
                return; // The request has been answered already.
            }
            listener.progressed();
            if (received > maxSize) {
                listener.rejected(RelayOutcome.TOO_LARGE, RelayAnswers.TOO_LARGE);
                return;
            }
            outgoing.write(piece);
            if (outgoing.writeQueueFull()) {
                request.pause();
                outgoing.drainHandler(drained -> {
                    listener.progressed();
                    request.resume();
                });
            }
        });
        request.endHandler(end -> {
            complete = true;
            if (!stopped) {
                outgoing.end();
            }
        });
        request.resume();
    }
}
