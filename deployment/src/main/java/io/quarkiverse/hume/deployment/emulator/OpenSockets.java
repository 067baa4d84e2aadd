package io.quarkiverse.hume.deployment.emulator;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

import io.vertx.core.json.JsonArray;

/** The sockets that are open, in the order they were opened. */
final class OpenSockets {

    private final AtomicLong serials = new AtomicLong();
    private final Map<Long, OpenSocket> sockets = new ConcurrentSkipListMap<>();

    /** @return takes the socket off the list again */
    Runnable add(OpenSocket socket) {
        long serial = serials.incrementAndGet();
        sockets.put(serial, socket);
        return () -> sockets.remove(serial);
    }

    int size() {
        return sockets.size();
    }

    JsonArray toJson() {
        JsonArray all = new JsonArray();
        sockets.values().forEach(socket -> all.add(socket.toJson()));
        return all;
    }

    /** @return how many there were; they are off the list at once, whatever their clients do */
    int closeAll() {
        int closed = 0;
        for (Long serial : sockets.keySet()) {
            OpenSocket socket = sockets.remove(serial);
            if (socket != null) {
                socket.close(SocketReply.GOING_AWAY);
                closed++;
            }
        }
        return closed;
    }
}
