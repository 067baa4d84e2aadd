package io.quarkiverse.hume.relay;

import jakarta.enterprise.context.SessionScoped;

import io.quarkus.security.Authenticated;
import io.quarkus.websockets.next.OnBinaryMessage;
import io.quarkus.websockets.next.OnClose;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketClientConnection;
import io.quarkus.websockets.next.WebSocketConnection;
import io.quarkus.websockets.next.WebSocketConnector;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;

/**
 * A handwritten relay for WebSockets, as applications contain it: an endpoint that opens a client connection and forwards
 * messages in both directions.
 */
@WebSocket(path = "/measurements")
@SessionScoped
@Authenticated
public class HandwrittenSocket {

    private final WebSocketConnector<HumeSocket> connector;

    private volatile WebSocketClientConnection hume;

    public HandwrittenSocket(WebSocketConnector<HumeSocket> connector) {
        this.connector = connector;
    }

    @OnOpen
    Uni<Void> open(WebSocketConnection browser) {
        return connector.userData(HumeSocket.BROWSER, browser.id()).connect()
                .invoke(connection -> hume = connection).replaceWithVoid();
    }

    @OnBinaryMessage
    Uni<Void> sound(Buffer samples) {
        return hume == null ? Uni.createFrom().voidItem() : hume.sendBinary(samples);
    }

    @OnClose
    Uni<Void> closed() {
        return hume == null || hume.isClosed() ? Uni.createFrom().voidItem() : hume.close();
    }
}
