package io.quarkiverse.hume.deployment;

import java.util.Map;

import io.quarkiverse.hume.runtime.websocket.WebSocketClients;
import io.quarkus.builder.item.SimpleBuildItem;

/** The annotated WebSocket client classes, by name. */
final class HumeWebSocketClientsBuildItem extends SimpleBuildItem {

    private final Map<String, WebSocketClients.Client> clients;

    HumeWebSocketClientsBuildItem(Map<String, WebSocketClients.Client> clients) {
        this.clients = clients;
    }

    Map<String, WebSocketClients.Client> clients() {
        return clients;
    }
}
