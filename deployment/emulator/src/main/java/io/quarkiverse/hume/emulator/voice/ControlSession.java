package io.quarkiverse.hume.emulator.voice;

import java.util.UUID;
import java.util.function.Consumer;

import io.quarkiverse.hume.emulator.http.JsonInput;
import io.quarkiverse.hume.emulator.socket.SocketReply;
import io.quarkiverse.hume.emulator.socket.SocketSession;
import io.vertx.core.buffer.Buffer;

/** A socket that is connected to the chat of another: it hears what that hears, and what it sends acts on the chat. */
final class ControlSession implements SocketSession {

    private final ChatSession chat;
    private final String requestId = UUID.randomUUID().toString();
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
    public SocketReply text(String message) {
        return JsonInput.parse(Buffer.buffer(message)).map(input -> chat.control(input)
                .map(fault -> SocketReply.invalid(fault, requestId)).orElseGet(SocketReply::of))
                .orElseGet(() -> SocketReply.notJson(requestId));
    }

    @Override
    public SocketReply binary(Buffer message) {
        return SocketReply.invalid("The control plane takes no sound", requestId);
    }

    @Override
    public void closed() {
        chat.connected.remove(own);
    }
}
