package io.quarkiverse.hume.emulator;

import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jboss.logging.Logger;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;

/**
 * A socket between its handshake and its end. Messages are handled one after the other; while one is, or while the client is
 * behind with reading, no more are taken in. {@link #serve} and what follows from it run on the thread of the connection; the
 * other methods may be called from any.
 */
final class OpenSocket {

    private static final Logger LOG = Logger.getLogger(OpenSocket.class);

    private final Vertx vertx;
    private final String path;
    private final PresentedCredential credential;
    private final Instant openedAt;
    private final Future<ServerWebSocket> accepted;
    private final AtomicBoolean discarded = new AtomicBoolean();
    private Future<SocketReply> lastStep = Future.succeededFuture(SocketReply.none());

    /** @param accepted completes when the handshake is over */
    OpenSocket(Vertx vertx, String path, PresentedCredential credential, Instant openedAt, Future<ServerWebSocket> accepted) {
        this.vertx = vertx;
        this.path = path;
        this.credential = credential;
        this.openedAt = openedAt;
        this.accepted = accepted;
    }

    /** Without the value of the credential. */
    JsonObject toJson() {
        return new JsonObject().put("path", path).put("account", credential.account())
                .put("credential", credential.kind().label()).put("opened_at", openedAt.toString());
    }

    /** Closes it, and leaves no trace of its session: what it would be added to has been cleared. */
    void discard() {
        discarded.set(true);
        close(SocketReply.GOING_AWAY);
    }

    void close(int code) {
        accepted.onSuccess(socket -> socket.close((short) code));
    }

    /** @param afterwards run when the socket is closed */
    void serve(ServerWebSocket socket, SocketSession session, Runnable afterwards) {
        // The client has left, or its message is larger than any Hume takes: Vert.x closes the socket.
        socket.exceptionHandler(broken -> socket.close((short) SocketReply.TOO_LARGE));
        socket.closeHandler(closed -> {
            afterwards.run();
            lastStep.onComplete(done -> {
                if (!discarded.get()) {
                    session.closed();
                }
            });
        });
        socket.textMessageHandler(message -> step(socket, () -> session.text(message)));
        socket.binaryMessageHandler(message -> step(socket, () -> session.binary(message)));
        step(socket, session::opened);
    }

    private void step(ServerWebSocket socket, Callable<SocketReply> step) {
        socket.pause();
        // Sound takes a while to make and to look at: not on the event loop.
        lastStep = vertx.executeBlocking(step, false);
        lastStep.onSuccess(reply -> send(socket, reply)).onFailure(failure -> {
            LOG.errorf(failure, "The Hume emulator failed in a session of %s", path);
            socket.close((short) SocketReply.INTERNAL_ERROR);
        });
    }

    private static void send(ServerWebSocket socket, SocketReply reply) {
        if (socket.isClosed()) {
            return;
        }
        reply.frames().forEach(frame -> socket.writeTextMessage(frame.encode()));
        if (reply.closeCode() != 0) {
            socket.close((short) reply.closeCode());
        } else if (socket.writeQueueFull()) {
            socket.drainHandler(drained -> socket.resume());
        } else {
            socket.resume();
        }
    }
}
