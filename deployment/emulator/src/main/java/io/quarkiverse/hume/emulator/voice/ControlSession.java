package io.quarkiverse.hume.emulator.voice;

import java.util.function.Consumer;

import io.quarkiverse.hume.emulator.http.JsonInput;
import io.quarkiverse.hume.emulator.socket.SocketReply;

/** A socket that is connected to the chat of another: it receives what that receives, and what it sends acts on the chat. */
final class ControlSession extends VoiceSession {

    private final ChatSession chat;
    private Consumer<SocketReply> own;

    ControlSession(ChatSession chat) {
        this.chat = chat;
    }

    @Override
    public SocketReply opened(Consumer<SocketReply> later) {
        own = later;
        chat.connected.add(later);
        return SocketReply.of();
    }

    @Override
    SocketReply message(JsonInput input) {
        chat.control(input);
        return SocketReply.of();
    }

    @Override
    public void closed() {
        chat.connected.remove(own);
    }
}
