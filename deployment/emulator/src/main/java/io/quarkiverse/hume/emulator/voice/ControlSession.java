package io.quarkiverse.hume.emulator.voice;

import io.quarkiverse.hume.emulator.http.JsonInput;

/** A socket that is connected to the chat of another: it receives what that receives, and what it sends acts on the chat. */
final class ControlSession extends VoiceSession {

    private final ChatSession chat;

    ControlSession(ChatSession chat) {
        this.chat = chat;
    }

    @Override
    protected void opened() {
        chat.connected.add(this);
    }

    @Override
    void message(JsonInput input) {
        chat.control(input);
    }

    @Override
    protected void closed() {
        chat.connected.remove(this);
    }
}
