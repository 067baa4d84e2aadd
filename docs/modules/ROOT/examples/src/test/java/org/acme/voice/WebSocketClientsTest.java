package org.acme.voice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.WebSocket;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.websockets.next.WebSocketClientConnection;

/** The three kinds of client of the page on WebSockets, in a chat with the emulator. */
@QuarkusTest
class WebSocketClientsTest {

    @Inject
    Conversations conversations;
    @Inject
    ChatService chats;
    @Inject
    Transcript transcript;

    private final Queue<String> received = new ConcurrentLinkedQueue<>();
    private final Emulator emulator = new Emulator();

    @BeforeEach
    void forget() {
        emulator.healthy();
    }

    @Test
    void connector_talks() {
        WebSocketClientConnection connection = conversations.open(emulator.config(), received::add).await().indefinitely();
        connection.sendTextAndAwait("{\"type\": \"user_input\", \"text\": \"Hello\"}");
        await().untilAsserted(() -> assertThat(String.join("", received)).contains("chat_metadata", "assistant_end"));
        connection.closeAndAwait();
        assertThat(emulator.credentials("/v0/evi/chat")).containsExactly("token");
    }

    @Test
    void clientClass_talksMoreThanOnce() {
        for (int i = 1; i <= 2; i++) {
            WebSocketClientConnection connection = chats.open().await().indefinitely();
            connection.sendTextAndAwait("{\"type\": \"user_input\", \"text\": \"Chat " + i + "\"}");
            String said = "Chat " + i;
            await().untilAsserted(() -> assertThat(transcript.text()).contains("chat_metadata", said, "assistant_end"));
            connection.closeAndAwait();
        }
        assertThat(emulator.credentials("/v0/evi/chat")).containsExactly("token", "token");
    }

    @Test
    void clientOfTheJdk_talks() {
        WebSocket socket = conversations.open(emulator.socket("/v0/evi/chat"), new WebSocket.Listener() {
            @Override
            public CompletionStage<?> onText(WebSocket from, CharSequence frame, boolean last) {
                received.add(frame.toString());
                return WebSocket.Listener.super.onText(from, frame, last);
            }
        }).join();
        await().untilAsserted(() -> assertThat(String.join("", received)).contains("chat_metadata"));
        socket.abort();
        assertThat(emulator.credentials("/v0/evi/chat")).containsExactly("token");
    }
}
