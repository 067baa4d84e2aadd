package io.quarkiverse.hume.runtime.websocket;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.quarkiverse.hume.runtime.credential.RequestCredential;
import io.quarkiverse.hume.runtime.log.HumeLog;
import io.quarkus.websockets.next.BasicWebSocketConnector;
import io.vertx.core.http.WebSocketConnectOptions;

/**
 * The headers with which the application sets its own credential for one connection. They are removed from the connector and
 * added to the connection once, so that a handshake carries one credential; blank values are ignored. Belongs to one
 * connector, and is not thread-safe, like the connector.
 */
final class OwnCredential {

    private static final List<String> HEADERS = List.of(RequestCredential.AUTHORIZATION_HEADER,
            RequestCredential.API_KEY_HEADER);

    private final Map<String, String> given = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    static boolean isCredential(String header) {
        return HEADERS.stream().anyMatch(header::equalsIgnoreCase);
    }

    /** @param header {@code Authorization} or {@code X-Hume-Api-Key}; only the first value of a header is used */
    void add(String header, String value) {
        if (!value.isBlank()) {
            given.putIfAbsent(header, value);
        }
    }

    /** Moves the credential headers of the application from the options of a connection to this object. */
    void take(WebSocketConnectOptions connection) {
        if (connection.getHeaders() != null) {
            for (String header : HEADERS) {
                connection.getHeaders().getAll(header).forEach(value -> add(header, value));
                connection.getHeaders().remove(header);
            }
        }
    }

    /** Moves the credential headers of the application from a connector to a new object. */
    static OwnCredential takenFrom(BasicWebSocketConnector connector) {
        OwnCredential own = new OwnCredential();
        headers(connector).entrySet().removeIf(header -> {
            boolean credential = isCredential(header.getKey());
            if (credential) {
                header.getValue().forEach(value -> own.add(header.getKey(), value));
            }
            return credential;
        });
        connector.customizeOptions((connection, options) -> own.take(connection));
        return own;
    }

    /** The headers of a connector. The map is empty if they cannot be read. */
    @SuppressWarnings("unchecked")
    private static Map<String, List<String>> headers(BasicWebSocketConnector connector) {
        try {
            Object headers = ConnectorFields.value(connector, "headers");
            return headers == null ? new HashMap<>() : (Map<String, List<String>>) headers;
        } catch (ReflectiveOperationException e) {
            HumeLog.LOG.headersOfConnectorsNotSeen(e);
            return new HashMap<>();
        }
    }

    /**
     * The headers with the credential of the application. Empty if the application has set none, so that the connection carries
     * the credential of the account.
     */
    Map<String, String> headers() {
        return given;
    }
}
