package io.quarkiverse.hume.runtime.relay;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketServerExtensionHandler;
import io.vertx.core.Future;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.impl.ConnectionBase;

/** The upgrade of a browser's request to a WebSocket. */
final class BrowserHandshake {

    private BrowserHandshake() {
    }

    /**
     * Called on the event loop of the connection. The response names the first of the offered sub-protocols that the HTTP
     * server supports ({@code quarkus.websockets-next.server.supported-subprotocols}).
     */
    static Future<ServerWebSocket> accept(HttpServerRequest request) {
        SubProtocols.removeHeaders(request.headers());
        preventCompression(request.connection());
        return request.toWebSocket();
    }

    /**
     * A compressed frame can be a thousand times as large after decompression, and the server checks its size only before. So
     * frames of the maximum size could use up the memory. Sound is hardly compressible anyway.
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
