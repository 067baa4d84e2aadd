package io.quarkiverse.hume.emulator;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

import io.vertx.core.json.JsonArray;

/** The sockets that are open, in the order they were opened. Thread-safe. */
final class OpenSockets {

    private final Queue<OpenSocket> sockets = new ConcurrentLinkedQueue<>();

    void add(OpenSocket socket) {
        sockets.add(socket);
    }

    void remove(OpenSocket socket) {
        sockets.remove(socket);
    }

    int size() {
        return sockets.size();
    }

    JsonArray toJson() {
        JsonArray all = new JsonArray();
        sockets.forEach(socket -> all.add(socket.toJson()));
        return all;
    }

    /** @return how many there were; they are off the list at once, whatever their clients do */
    int closeAll() {
        return drain(socket -> socket.close(SocketReply.GOING_AWAY));
    }

    void discardAll() {
        drain(OpenSocket::discard);
    }

    private int drain(Consumer<OpenSocket> end) {
        int ended = 0;
        for (OpenSocket socket = sockets.poll(); socket != null; socket = sockets.poll()) {
            end.accept(socket);
            ended++;
        }
        return ended;
    }
}
