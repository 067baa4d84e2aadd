package com.example.voice;

import io.quarkiverse.hume.HumeAuthenticated;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.WebSocketClient;

@WebSocketClient(path = "/v0/evi/chat")
@HumeAuthenticated
public class Conversation {

    @OnTextMessage
    void said(String message) {
    }
}
