package org.acme.voice;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;

import io.quarkus.websockets.next.WebSocketClientConnection;
import io.quarkus.websockets.next.WebSocketConnector;
import io.smallrye.mutiny.Uni;

// tag::service[]
@ApplicationScoped
public class ChatService {

    private final Instance<WebSocketConnector<ChatClient>> connectors;

    ChatService(Instance<WebSocketConnector<ChatClient>> connectors) {
        this.connectors = connectors;
    }

    public Uni<WebSocketClientConnection> open() {
        return connectors.get().connect(); // <1>
    }
}
// end::service[]
