package io.quarkiverse.hume.deployment.websocket;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

import org.jboss.jandex.ClassInfo;

import io.quarkiverse.hume.runtime.websocket.WebSocketClients;
import io.quarkus.builder.item.SimpleBuildItem;

/** The WebSocket client classes whose connections are authenticated. */
public final class HumeWebSocketClientsBuildItem extends SimpleBuildItem {

    private final SortedMap<String, WebSocketClients.Client> clients;
    private final Set<String> types;

    /** @param types the names of all WebSocket client classes, and of what they extend and implement */
    HumeWebSocketClientsBuildItem(Map<String, WebSocketClients.Client> clients, Set<String> types) {
        this.clients = Collections.unmodifiableSortedMap(new TreeMap<>(clients));
        this.types = Set.copyOf(types);
    }

    /** The clients by the name of their class. */
    public Map<String, WebSocketClients.Client> clients() {
        return clients;
    }

    /** Whether {@code @HumeAuthenticated} on the type applies to connections of a client. */
    public boolean reaches(ClassInfo type) {
        return types.contains(type.name().toString());
    }
}
