package io.quarkiverse.hume.emulator.http;

import org.jboss.logging.Logger;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;

/**
 * What Hume does on one open socket. Messages are handled one after the other, though not always by the same thread; while one
 * is, or while the client is behind with reading, no more are taken in.
 */
public abstract class SocketSession {

    protected static final int NORMAL = 1000;
    static final int GOING_AWAY = 1001;
    protected static final int POLICY_VIOLATION = 1008;
    protected static final int TOO_LARGE = 1009;
    private static final int INTERNAL_ERROR = 1011;
    private static final Logger LOG = Logger.getLogger(SocketSession.class);

    /** Whether the session ends without a trace: what it would be added to has been cleared. */
    volatile boolean discarded;
    private ServerWebSocket socket;
    private Future<?> lastStep;

    /** The first message is the server's. */
    protected void opened() {
    }

    protected abstract void text(String message);

    protected abstract void binary(Buffer message);

    /** The last call: the socket is closed, by either side. */
    protected void closed() {
    }

    /** May be called by any thread. Nothing is sent to a client that has left. */
    public final void send(JsonObject message) {
        if (!socket.isClosed()) {
            socket.writeTextMessage(message.encode());
        }
    }

    /** After what was sent until now. */
    public final void close(int code) {
        if (!socket.isClosed()) {
            socket.close((short) code);
        }
    }

    final void serve(Vertx vertx, ServerWebSocket accepted) {
        socket = accepted;
        // The client has left, or its message is larger than any Hume takes: Vert.x closes the socket.
        socket.exceptionHandler(broken -> close(TOO_LARGE));
        socket.textMessageHandler(message -> step(vertx, () -> text(message)));
        socket.binaryMessageHandler(message -> step(vertx, () -> binary(message)));
        step(vertx, this::opened);
    }

    final void ended() {
        lastStep.onComplete(done -> {
            if (!discarded) {
                closed();
            }
        });
    }

    private void step(Vertx vertx, Runnable step) {
        socket.pause();
        // Sound takes a while to make and to measure: not on the event loop.
        lastStep = vertx.executeBlocking(() -> {
            step.run();
            return null;
        }, false).onSuccess(done -> {
            if (!socket.isClosed() && socket.writeQueueFull()) {
                socket.drainHandler(drained -> socket.resume());
            } else {
                socket.resume();
            }
        }).onFailure(failure -> {
            LOG.errorf(failure, "The Hume emulator failed in a session of %s", socket.path());
            close(INTERNAL_ERROR);
        });
    }
}
