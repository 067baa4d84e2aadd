package io.quarkiverse.hume.runtime.websocket;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.quarkiverse.hume.HumeStrategy;
import io.quarkiverse.hume.runtime.handshake.Handshakes;
import io.quarkiverse.hume.runtime.transport.WebSocketRoute;

/** The annotated WebSocket client classes, as determined by the build. */
public final class WebSocketClients {

    /**
     * @param id the id of the client in WebSockets Next and in its configuration
     * @param account the name of the account whose credential its connections carry
     */
    public record Client(String id, String account, HumeStrategy strategy) {
    }

    private final Map<String, Client> clients;
    private final Map<String, Handshakes> handshakes = new ConcurrentHashMap<>();

    WebSocketClients(Map<String, Client> clients) {
        this.clients = clients;
    }

    /** @return the handshakes of the class; {@code null} if its connections carry no credential */
    Handshakes handshakes(String className) {
        Client client = clients.get(className);
        return client == null ? null
                : handshakes.computeIfAbsent(className, name -> Handshakes.of(client.account(), client.strategy()));
    }

    boolean isAuthenticated(String className) {
        return clients.containsKey(className);
    }

    WebSocketRoute transport(String className) {
        return new WebSocketRoute(handshakes(className).account().transport());
    }

    String id(String className) {
        return clients.get(className).id();
    }
}
