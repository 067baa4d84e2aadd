package io.quarkiverse.hume.test;

import java.util.List;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;

/** An HTTP proxy that supports only CONNECT (RFC 9110 section 9.3.6) and requires "user" and "password". */
public final class ConnectProxy {

    private static final String CREDENTIALS = "Proxy-Authorization: Basic dXNlcjpwYXNzd29yZA==";

    private final Vertx vertx = Vertx.vertx();
    private final NetClient client = vertx.createNetClient();

    /** Starts the proxy and leaves its port in the system property {@code proxy.port}. */
    public static void start() {
        ConnectProxy proxy = new ConnectProxy();
        int port = proxy.vertx.createNetServer().connectHandler(proxy::accept).listen(0, "localhost").toCompletionStage()
                .toCompletableFuture().join().actualPort();
        System.setProperty("proxy.port", String.valueOf(port));
        forget();
    }

    /** The destinations of the tunnels that were made, oldest first. */
    public static List<String> tunnels() {
        return System.getProperty("proxy.tunnels").lines().toList();
    }

    public static void forget() {
        System.setProperty("proxy.tunnels", "");
    }

    private void accept(NetSocket socket) {
        Buffer head = Buffer.buffer();
        socket.handler(data -> {
            head.appendBuffer(data);
            String request = head.toString();
            if (request.endsWith("\r\n\r\n")) {
                connect(socket, request);
            }
        });
    }

    private void connect(NetSocket socket, String request) {
        String[] line = request.lines().findFirst().orElse("").split(" ");
        if (!line[0].equals("CONNECT")) {
            socket.end(Buffer.buffer("HTTP/1.1 405 Method Not Allowed\r\n\r\n"));
            return;
        }
        if (request.lines().noneMatch(CREDENTIALS::equalsIgnoreCase)) {
            socket.end(Buffer.buffer("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n"));
            return;
        }
        tunnel(line[1]);
        String[] address = line[1].split(":");
        socket.pause();
        client.connect(Integer.parseInt(address[1]), address[0]).onSuccess(server -> {
            socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
            server.handler(socket::write).closeHandler(closed -> socket.close());
            socket.handler(server::write).closeHandler(closed -> server.close());
            socket.resume();
        });
    }

    private static synchronized void tunnel(String destination) {
        System.setProperty("proxy.tunnels", System.getProperty("proxy.tunnels") + destination + "\n");
    }
}
