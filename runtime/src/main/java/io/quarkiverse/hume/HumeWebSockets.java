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
     * Creates a handshake for one connection of any WebSocket client. Never blocks.
     *
     * @param uri the destination, with the scheme {@code ws}, {@code wss}, {@code http} or {@code https}; its query parameters
     *        are kept
     * @return the handshake, never {@code null}; fails with a {@link HumeAuthenticationException} if no credential is available
     *         or the host is not trusted with it
     */
    Uni<HumeHandshake> handshake(URI uri);

    /**
     * Connects with the current credential. If Hume answers 401 or 403, connects once more with another credential, if there is
     * one. Every subscription opens a separate connection. Never blocks.
     * <p>
     * The proxy configuration of the account applies. Its TLS configuration applies, too, unless the connector has a {@code
     * tlsConfigurationName} of its own. Keys, certificates and a proxy from the connector's {@code customizeOptions} take
     * precedence over those of the account and of the connector.
     *
     * @param uri the destination; its query parameters are kept
     * @param connector returns a new connector for each call, because a connector can be used only once; all settings except
     *        the base URI must be set on it
     * @return the connection, never {@code null}; fails with a {@link HumeAuthenticationException} if no credential is
     *         available or the host is not trusted with it, otherwise with the failure of the connection
     */
    Uni<WebSocketClientConnection> connect(URI uri, Supplier<BasicWebSocketConnector> connector);
}
