package io.quarkiverse.hume.emulator.socket;

import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.jboss.logging.Logger;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** The sockets that are open, in the order they were opened. Thread-safe. */
public final class OpenSockets {

    private static final Logger LOG = Logger.getLogger(OpenSockets.class);

    private final Queue<OpenSocket> sockets = new ConcurrentLinkedQueue<>();

    /**
     * A socket between its handshake and its end. Messages are handled one after the other; while one is, or while the client
     * is behind with reading, no more are taken in.
     */
    private static final class OpenSocket {

        private final JsonObject description;
        private final Future<ServerWebSocket> accepted;
        private volatile boolean discarded;
        private Future<SocketReply> lastStep = Future.succeededFuture(SocketReply.of());

        private OpenSocket(JsonObject description, Future<ServerWebSocket> accepted) {
            this.description = description;
            this.accepted = accepted;
        }
    }

    /**
     * Called on the thread of the connection.
     *
     * @param description what the list says of it
     * @param accepted completes when the handshake is over
     */
    public void add(Vertx vertx, JsonObject description, Future<ServerWebSocket> accepted, SocketSession session) {
        OpenSocket open = new OpenSocket(description, accepted);
        sockets.add(open);
        accepted.onSuccess(socket -> serve(vertx, open, socket, session)).onFailure(refused -> sockets.remove(open));
    }

    public int size() {
        return sockets.size();
    }

    public JsonArray toJson() {
        return new JsonArray(sockets.stream().map(open -> open.description).toList());
    }

    /** @return how many there were; they are off the list at once, whatever their clients do */
    public int closeAll() {
        return closeAll(false);
    }

    /** Closes them, and leaves no trace of their sessions: what those would be added to has been cleared. */
    public void discardAll() {
        closeAll(true);
    }

    private int closeAll(boolean discard) {
        int ended = 0;
        for (OpenSocket open = sockets.poll(); open != null; open = sockets.poll()) {
            open.discarded = discard;
            open.accepted.onSuccess(socket -> socket.close((short) SocketReply.GOING_AWAY));
            ended++;
        }
        return ended;
    }

    private void serve(Vertx vertx, OpenSocket open, ServerWebSocket socket, SocketSession session) {
        // The client has left, or its message is larger than any Hume takes: Vert.x closes the socket.
        socket.exceptionHandler(broken -> socket.close((short) SocketReply.TOO_LARGE));
        socket.closeHandler(closed -> {
            sockets.remove(open);
            open.lastStep.onComplete(done -> {
                if (!open.discarded) {
                    session.closed();
                }
            });
        });
        socket.textMessageHandler(message -> step(vertx, open, socket, () -> session.text(message)));
        socket.binaryMessageHandler(message -> step(vertx, open, socket, () -> session.binary(message)));
        Context context = vertx.getOrCreateContext();
        step(vertx, open, socket, () -> session.opened(later -> context.runOnContext(now -> send(socket, later))));
    }

    private static void step(Vertx vertx, OpenSocket open, ServerWebSocket socket, Callable<SocketReply> step) {
        socket.pause();
        // Sound takes a while to make and to measure: not on the event loop.
        open.lastStep = vertx.executeBlocking(step, false);
        open.lastStep.onSuccess(reply -> {
            send(socket, reply);
            if (!socket.isClosed() && socket.writeQueueFull()) {
                socket.drainHandler(drained -> socket.resume());
            } else {
                socket.resume();
            }
        }).onFailure(failure -> {
            LOG.errorf(failure, "The Hume emulator failed in a session of %s", socket.path());
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
        }
    }
}
