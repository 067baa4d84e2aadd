package io.quarkiverse.hume.emulator.platform;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** The open sockets, in the order in which they were opened. Thread-safe. */
public final class OpenSockets {

    private final Queue<OpenSocket> sockets = new ConcurrentLinkedQueue<>();

    private record OpenSocket(JsonObject description, Future<ServerWebSocket> accepted, SocketSession session) {
    }

    /** Called on the event loop of the connection, before {@code accepted} completes with the end of the handshake. */
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

    /** Returns how many there were. They are no longer listed when this method returns. */
    public int closeAll() {
        int ended = 0;
        for (OpenSocket open = sockets.poll(); open != null; open = sockets.poll()) {
            open.accepted.onSuccess(socket -> socket.close((short) SocketSession.GOING_AWAY));
            ended++;
        }
        return ended;
    }
}
