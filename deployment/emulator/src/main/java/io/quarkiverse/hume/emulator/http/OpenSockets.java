package io.quarkiverse.hume.emulator.http;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** The sockets that are open, in the order they were opened. Thread-safe. */
public final class OpenSockets {

    private final Queue<OpenSocket> sockets = new ConcurrentLinkedQueue<>();

    private record OpenSocket(JsonObject description, Future<ServerWebSocket> accepted, SocketSession session) {
    }

    /** Called on the thread of the connection, before the handshake is over: {@code accepted} completes then. */
    public void add(Vertx vertx, JsonObject description, Future<ServerWebSocket> accepted, SocketSession session) {
        OpenSocket open = new OpenSocket(description, accepted, session);
        sockets.add(open);
        accepted.onFailure(rejected -> sockets.remove(open)).onSuccess(socket -> {
            socket.closeHandler(closed -> {
                sockets.remove(open);
                session.ended();
            });
            session.serve(vertx, socket);
        });
    }

    public int size() {
        return sockets.size();
    }

    public JsonArray toJson() {
        return new JsonArray(sockets.stream().map(OpenSocket::description).toList());
    }

    /** Returns how many there were; they are off the list at once. Sessions that are discarded end without a trace. */
    public int closeAll(boolean discard) {
        int ended = 0;
        for (OpenSocket open = sockets.poll(); open != null; open = sockets.poll()) {
            open.session.discarded = discard;
            open.accepted.onSuccess(socket -> socket.close((short) SocketSession.GOING_AWAY));
            ended++;
        }
        return ended;
    }
}
