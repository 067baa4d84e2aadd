package io.quarkiverse.hume.emulator.platform;

import org.jboss.logging.Logger;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;

/**
 * The server's side of an open socket. Messages are handled one after the other, but not always by the same thread. While a
 * message is handled, or while the client reads too slowly, no further messages are read.
 */
public abstract class SocketSession {

    protected static final int NORMAL = 1000;
    static final int GOING_AWAY = 1001;
    protected static final int POLICY_VIOLATION = 1008;
    protected static final int TOO_LARGE = 1009;
    private static final int INTERNAL_ERROR = 1011;
    private static final Logger LOG = Logger.getLogger(SocketSession.class);

    private ServerWebSocket socket;
    private Future<?> lastStep;

    /** Called first, when the socket is open. */
    protected void opened() {
    }

    protected abstract void text(String message);

    protected abstract void binary(Buffer message);

    /** Called last, when either side has closed the socket. */
    protected void closed() {
    }

    /** May be called by any thread. Does nothing if the socket is closed. */
    final void send(JsonObject message) {
        if (!socket.isClosed()) {
            socket.writeTextMessage(message.encode());
        }
    }

    /** Closes the socket after the messages that were sent before. */
    final void close(int code) {
        if (!socket.isClosed()) {
            socket.close((short) code);
        }
    }

    final void serve(Vertx vertx, ServerWebSocket accepted) {
        socket = accepted;
        // The client has left, or its message is too large: Vert.x closes the socket.
        socket.exceptionHandler(broken -> close(TOO_LARGE));
        socket.textMessageHandler(message -> step(vertx, () -> text(message)));
        socket.binaryMessageHandler(message -> step(vertx, () -> binary(message)));
        step(vertx, this::opened);
    }

    final void ended() {
        lastStep.onComplete(done -> closed());
    }

    private void step(Vertx vertx, Runnable step) {
        socket.pause();
        // On a worker thread, because speech takes time to create and to measure.
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
