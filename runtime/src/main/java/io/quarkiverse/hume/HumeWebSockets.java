package io.quarkiverse.hume;

import java.net.URI;
import java.util.function.Supplier;

import io.quarkus.websockets.next.BasicWebSocketConnector;
import io.quarkus.websockets.next.WebSocketClientConnection;
import io.smallrye.mutiny.Uni;

/**
 * Authenticates WebSocket connections to Hume. Inject this bean in applications with the extension
 * {@code quarkus-websockets-next}, with {@link HumeAccount @HumeAccount} for a named account.
 * <p>
 * The voice platform receives the credential as a query parameter, {@code api_key} or {@code access_token}, and the cloud
 * platform as a header of the handshake. {@code hume.websocket.credential} changes this. Sources: Hume, "Authentication"
 * (voice), "Expression Measurement: Authentication" (cloud).
 */
public interface HumeWebSockets {

    /**
     * A handshake for one connection, for any WebSocket client. Never blocks.
     *
     * @param uri the destination, {@code ws}, {@code wss}, {@code http} or {@code https}; its own query parameters are kept
     * @return fails with a {@link HumeAuthenticationException}, also if the host is not trusted with the credential
     */
    Uni<HumeHandshake> handshake(URI uri);

    /**
     * Connects with a current credential, and once more with another one if Hume answers 401 or 403. Every subscription opens
     * a separate connection. Never blocks.
     * <p>
     * The TLS and the proxy configuration of the account, if it has them, take precedence over the connector's
     * {@code tlsConfigurationName}. Keys, certificates and a proxy from the connector's {@code customizeOptions} take
     * precedence over both.
     *
     * @param uri the destination; its own query parameters are kept
     * @param connector returns a new connector for each call, since a connector can be used only once, with everything set
     *        but the base URI
     */
    Uni<WebSocketClientConnection> connect(URI uri, Supplier<BasicWebSocketConnector> connector);
}
