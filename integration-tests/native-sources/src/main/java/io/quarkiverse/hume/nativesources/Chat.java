package io.quarkiverse.hume.nativesources;

import io.quarkiverse.hume.HumeAuthenticated;
import io.quarkus.logging.Log;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.WebSocketClient;

@WebSocketClient(path = "/v0/evi/chat", clientId = "chat")
@HumeAuthenticated
public class Chat {

    @OnTextMessage
    void received(String message) {
        Log.debug(message.length());
    }
}
