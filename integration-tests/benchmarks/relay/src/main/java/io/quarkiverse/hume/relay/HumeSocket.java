package io.quarkiverse.hume.relay;

import io.quarkiverse.hume.HumeAuthenticated;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.OnBinaryMessage;
import io.quarkus.websockets.next.OnClose;
import io.quarkus.websockets.next.OpenConnections;
import io.quarkus.websockets.next.UserData.TypedKey;
import io.quarkus.websockets.next.WebSocketClient;
import io.quarkus.websockets.next.WebSocketClientConnection;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;

/** The client connection to Hume of {@link HandwrittenSocket}. */
@WebSocketClient(path = "/v1/expression/audio/realtime", clientId = "expression")
@HumeAuthenticated
public class HumeSocket {

    /** The id of the browser's connection for which the connection to Hume was opened. */
    static final TypedKey<String> BROWSER = TypedKey.forString("browser");

    private final OpenConnections browsers;

    public HumeSocket(OpenConnections browsers) {
        this.browsers = browsers;
    }

    @OnBinaryMessage
    Uni<Void> received(Buffer message, WebSocketClientConnection connection) {
        return browsers.findByConnectionId(connection.userData().get(BROWSER))
                .map(browser -> browser.sendBinary(message)).orElseGet(connection::close);
    }

    @OnClose
    Uni<Void> closed(WebSocketClientConnection connection, CloseReason reason) {
        return browsers.findByConnectionId(connection.userData().get(BROWSER))
                .map(browser -> browser.close(CloseReason.NORMAL)).orElseGet(() -> Uni.createFrom().voidItem());
    }
}
