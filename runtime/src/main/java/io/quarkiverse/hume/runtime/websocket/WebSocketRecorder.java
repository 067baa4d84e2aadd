package io.quarkiverse.hume.runtime.websocket;

import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

import io.quarkiverse.hume.HumeStrategy;
import io.quarkiverse.hume.HumeWebSockets;
import io.quarkiverse.hume.runtime.handshake.Handshakes;
import io.quarkus.arc.SyntheticCreationalContext;
import io.quarkus.runtime.annotations.Recorder;

/** Passes the results of the build about WebSocket clients to the running application, and creates its beans for WebSockets. */
@Recorder
public class WebSocketRecorder {

    public Function<SyntheticCreationalContext<HumeWebSockets>, HumeWebSockets> webSockets(String account) {
        return context -> new AccountWebSockets(() -> Handshakes.of(account, HumeStrategy.AUTO));
    }

    public Supplier<WebSocketClients> clients(Map<String, WebSocketClients.Client> clients) {
        return () -> new WebSocketClients(clients);
    }
}
