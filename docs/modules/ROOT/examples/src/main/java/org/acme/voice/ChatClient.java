package org.acme.voice;

import io.quarkiverse.hume.HumeAuthenticated;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.WebSocketClient;

// tag::client[]
@WebSocketClient(path = "/v0/evi/chat", clientId = "chat")
@HumeAuthenticated
public class ChatClient {

    private final Transcript transcript;

    ChatClient(Transcript transcript) {
        this.transcript = transcript;
    }

    @OnTextMessage
    void received(String frame) {
        transcript.add(frame);
    }
}
// end::client[]
