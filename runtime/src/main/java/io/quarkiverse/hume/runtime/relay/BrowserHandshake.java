package io.quarkiverse.hume.runtime.relay;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketServerExtensionHandler;
import io.vertx.core.Future;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.impl.ConnectionBase;

/** Upgrades a browser's request to a WebSocket. */
final class BrowserHandshake {

    private BrowserHandshake() {
    }

    /**
     * Accepts the handshake. Must be called on the event loop of the connection. The response names the first of the offered
     * sub-protocols that the HTTP server supports ({@code quarkus.websockets-next.server.supported-subprotocols}).
     */
    static Future<ServerWebSocket> accept(HttpServerRequest request) {
        SubProtocols.removeHeaders(request.headers());
        preventCompression(request.connection());
        return request.toWebSocket();
    }

    /**
     * Disables the compression of frames. After decompression, a frame can be a thousand times as large, and the server limits
     * only its compressed size, so frames of the maximum size could exhaust the memory. Audio data does not benefit from
     * compression.
     */
    private static void preventCompression(HttpConnection connection) {
        if (connection instanceof ConnectionBase server) {
            ChannelPipeline pipeline = server.channel().pipeline();
            if (pipeline.get(WebSocketServerExtensionHandler.class) != null) {
                pipeline.remove(WebSocketServerExtensionHandler.class);
            }
        }
    }
}
