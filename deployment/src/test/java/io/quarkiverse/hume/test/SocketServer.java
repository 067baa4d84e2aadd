package io.quarkiverse.hume.test;

import java.util.concurrent.atomic.AtomicInteger;

import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.ServerWebSocketHandshake;

/**
 * Accepts WebSocket connections and answers each message with the credential of the handshake. It rejects as many handshakes
 * as the system property {@code sockets.refuse} specifies, with the status in {@code sockets.status}.
 */
public final class SocketServer {

    private static final AtomicInteger HANDSHAKES = new AtomicInteger();

    private SocketServer() {
    }

    /** Starts the server and leaves its port in the system property {@code sockets.port}. */
    public static void start() {
        int port = Vertx.vertx().createHttpServer().webSocketHandshakeHandler(SocketServer::answer)
                .webSocketHandler(SocketServer::echo).listen(0, "127.0.0.1")
                .toCompletionStage().toCompletableFuture().join().actualPort();
        System.setProperty("sockets.port", String.valueOf(port));
        refuse(0, 401);
    }

    public static void refuse(int handshakes, int status) {
        System.setProperty("sockets.refuse", String.valueOf(handshakes));
        System.setProperty("sockets.status", String.valueOf(status));
        System.setProperty("sockets.handshakes", "0");
    }

    public static int handshakes() {
        return Integer.getInteger("sockets.handshakes");
    }

    private static void answer(ServerWebSocketHandshake handshake) {
        System.setProperty("sockets.handshakes", String.valueOf(handshakes() + 1));
        int refuse = Integer.getInteger("sockets.refuse");
        if (refuse > 0) {
            System.setProperty("sockets.refuse", String.valueOf(refuse - 1));
            handshake.reject(Integer.getInteger("sockets.status"));
        } else {
            handshake.accept();
        }
    }

    private static void echo(ServerWebSocket socket) {
        String carried = socket.path() + "|" + socket.query() + "|" + values(socket, "Authorization") + "|"
                + values(socket, "X-Hume-Api-Key") + "|" + HANDSHAKES.incrementAndGet();
        socket.textMessageHandler(message -> socket.writeTextMessage(carried));
    }

    /** All of them, so that a test sees a second one. */
    private static String values(ServerWebSocket socket, String header) {
        return socket.headers().contains(header) ? String.join(",", socket.headers().getAll(header)) : "null";
    }
}
