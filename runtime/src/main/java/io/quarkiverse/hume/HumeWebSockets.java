package io.quarkiverse.hume;

import java.net.URI;
import java.util.function.Supplier;

import io.quarkus.websockets.next.BasicWebSocketConnector;
import io.quarkus.websockets.next.WebSocketClientConnection;
import io.smallrye.mutiny.Uni;

/**
 * Authenticates WebSocket connections to Hume. A bean in applications that have the extension
 * {@code quarkus-websockets-next}; of the default account, or of a named one with {@link HumeAccount @HumeAccount}.
 * <p>
 * The voice platform gets the credential as a query parameter, {@code api_key} or {@code access_token}; the cloud platform as
 * a header of the handshake. {@code hume.websocket.credential} decides otherwise. Sources: Hume, "Authentication" (voice),
 * "Expression Measurement: Authentication" (cloud).
 */
public interface HumeWebSockets {

    /**
     * A handshake for one connection, for any WebSocket client. Never blocks.
     *
     * @param uri where to, {@code ws}, {@code wss}, {@code http} or {@code https}; its own query parameters are kept
     * @return fails with a {@link HumeAuthenticationException}, also if the host is not trusted with the credential
     */
    Uni<HumeHandshake> handshake(URI uri);

    /**
     * Connects with a fresh credential, and once more with another one if Hume answers 401 or 403. Every subscription makes a
     * connection of its own. Never blocks.
     * <p>
     * The TLS and the proxy configuration of the account, if it has them, stand before the connector's
     * {@code tlsConfigurationName}; keys, certificates and a proxy from the connector's {@code customizeOptions} stand before
     * both.
     *
     * @param uri where to; its own query parameters are kept
     * @param connector gives a new connector each time it is asked, with everything set but the base URI, since a connector
     *        can be used only once
     */
    Uni<WebSocketClientConnection> connect(URI uri, Supplier<BasicWebSocketConnector> connector);
}
