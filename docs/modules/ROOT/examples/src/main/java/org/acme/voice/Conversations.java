package org.acme.voice;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeAccounts;
import io.quarkiverse.hume.HumeHandshake;
import io.quarkiverse.hume.HumeWebSockets;
import io.quarkus.websockets.next.BasicWebSocketConnector;
import io.quarkus.websockets.next.WebSocketClientConnection;
import io.smallrye.mutiny.Uni;

// tag::connector[]
@ApplicationScoped
public class Conversations {

    private final HumeWebSockets sockets;
    private final HumeAccounts accounts;

    Conversations(HumeWebSockets sockets, HumeAccounts accounts) {
        this.sockets = sockets;
        this.accounts = accounts;
    }

    public Uni<WebSocketClientConnection> open(String configId, Consumer<String> received) {
        URI hume = accounts.get(HumeAccount.DEFAULT).baseUrl(); // <1>
        return sockets.connect(hume.resolve("/v0/evi/chat?config_id=" + configId),
                () -> BasicWebSocketConnector.create() // <2>
                        .onTextMessage((connection, message) -> received.accept(message)));
    }
    // end::connector[]

    // tag::handshake[]
    public CompletableFuture<WebSocket> open(URI chat, WebSocket.Listener listener) {
        HumeHandshake handshake = sockets.handshake(chat).await().indefinitely(); // <1>
        WebSocket.Builder socket = HttpClient.newHttpClient().newWebSocketBuilder();
        handshake.headers().forEach(socket::header);
        return socket.buildAsync(handshake.uri(), listener);
    }
    // end::handshake[]
    // tag::connector[]
}
// end::connector[]
