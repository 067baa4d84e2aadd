package io.quarkiverse.hume.it;

import jakarta.enterprise.context.SessionScoped;

import org.jboss.logging.Logger;

import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkus.security.Authenticated;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.OnBinaryMessage;
import io.quarkus.websockets.next.OnClose;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketClientConnection;
import io.quarkus.websockets.next.WebSocketConnection;
import io.quarkus.websockets.next.WebSocketConnector;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/**
 * Takes a signed-in user's sound (16-bit PCM, 16 kHz, mono) to Hume and brings back what Hume measures. One instance for each
 * connection.
 */
@WebSocket(path = "/measurements")
@SessionScoped
@Authenticated
public class Measurements {

    private static final Logger LOG = Logger.getLogger(Measurements.class);
    private static final CloseReason NOT_AVAILABLE = new CloseReason(1013);

    private final WebSocketConnector<ExpressionMeasurement> connector;

    private volatile WebSocketClientConnection hume;

    public Measurements(WebSocketConnector<ExpressionMeasurement> connector) {
        this.connector = connector;
    }

    @OnOpen
    Uni<Void> open(WebSocketConnection browser) {
        return connector.userData(ExpressionMeasurement.BROWSER, browser.id()).connect()
                .chain(connection -> opened(browser, connection))
                .onFailure().recoverWithUni(failure -> notAvailable(browser, failure));
    }

    private Uni<Void> opened(WebSocketConnection browser, WebSocketClientConnection connection) {
        hume = connection;
        return browser.isOpen() ? Uni.createFrom().voidItem() : connection.close();
    }

    private static Uni<Void> notAvailable(WebSocketConnection browser, Throwable failure) {
        LOG.warnf("No connection to Hume's expression measurement: %s", failure.getMessage());
        String message = failure instanceof HumeAuthenticationException ? failure.getMessage() : "Hume cannot be reached";
        return browser.sendText(new JsonObject().put("type", "error").put("message", message).encode())
                .chain(() -> browser.close(NOT_AVAILABLE));
    }

    @OnBinaryMessage
    Uni<Void> sound(Buffer samples) {
        return hume == null ? Uni.createFrom().voidItem() : hume.sendBinary(samples);
    }

    /** Whatever a browser writes, it means that there will be no more sound; Hume then sends what is left, and closes. */
    @OnTextMessage
    Uni<Void> end(String message) {
        return hume == null ? Uni.createFrom().voidItem()
                : hume.sendText(new JsonObject().put("type", "session.close").encode());
    }

    @OnClose
    Uni<Void> closed() {
        return hume == null || hume.isClosed() ? Uni.createFrom().voidItem() : hume.close();
    }
}
