package io.quarkiverse.hume.it;

import io.quarkiverse.hume.HumeAuthenticated;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.OnClose;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.OpenConnections;
import io.quarkus.websockets.next.UserData.TypedKey;
import io.quarkus.websockets.next.WebSocketClient;
import io.quarkus.websockets.next.WebSocketClientConnection;
import io.smallrye.mutiny.Uni;

/** Hume's measurement of speech while it is spoken. The cloud platform lets no browser in, so this end of it is ours. */
@WebSocketClient(path = "/v1/expression/audio/realtime", clientId = "expression")
@HumeAuthenticated(account = "cloud")
public class ExpressionMeasurement {

    /** For whom the connection was made: the identifier of the browser's connection. */
    static final TypedKey<String> BROWSER = TypedKey.forString("browser");

    private final OpenConnections browsers;

    public ExpressionMeasurement(OpenConnections browsers) {
        this.browsers = browsers;
    }

    @OnTextMessage
    Uni<Void> measured(String message, WebSocketClientConnection connection) {
        return browsers.findByConnectionId(connection.userData().get(BROWSER))
                .map(browser -> browser.sendText(message)).orElseGet(connection::close);
    }

    @OnClose
    Uni<Void> closed(WebSocketClientConnection connection, CloseReason reason) {
        return browsers.findByConnectionId(connection.userData().get(BROWSER))
                .map(browser -> browser.close(CloseReason.NORMAL)).orElseGet(() -> Uni.createFrom().voidItem());
    }
}
