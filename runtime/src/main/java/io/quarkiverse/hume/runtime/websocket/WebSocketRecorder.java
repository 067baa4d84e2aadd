package io.quarkiverse.hume.runtime.websocket;

import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

import io.quarkiverse.hume.HumeWebSockets;
import io.quarkiverse.hume.runtime.account.AccountRegistry;
import io.quarkus.arc.Arc;
import io.quarkus.arc.SyntheticCreationalContext;
import io.quarkus.runtime.annotations.Recorder;

/** Brings what WebSocket connections need into the application. */
@Recorder
public class WebSocketRecorder {

    public Function<SyntheticCreationalContext<HumeWebSockets>, HumeWebSockets> webSockets(String account) {
        return context -> new AccountWebSockets(() -> Arc.container().instance(AccountRegistry.class).get().get(account));
    }

    public Supplier<WebSocketClients> clients(Map<String, WebSocketClients.Client> clients) {
        return () -> new WebSocketClients(clients);
    }
}
