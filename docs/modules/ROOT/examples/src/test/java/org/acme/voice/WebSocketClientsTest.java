package org.acme.voice;

import static io.quarkiverse.hume.test.CredentialKind.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.WebSocket;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;

import jakarta.inject.Inject;

import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.junit.jupiter.api.Test;

import io.quarkiverse.hume.test.ConnectHumeEmulator;
import io.quarkiverse.hume.test.HumeEmulator;
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
    @RestClient
    EmpathicVoice empathicVoice;

    private final Queue<String> received = new ConcurrentLinkedQueue<>();
    @ConnectHumeEmulator
    HumeEmulator emulator;

    @Test
    void connector_connects() {
        String configId = empathicVoice.configs().configs().get(0).id();
        WebSocketClientConnection connection = conversations.open(configId, received::add).await().indefinitely();
        connection.sendTextAndAwait("{\"type\": \"user_input\", \"text\": \"Hello\"}");
        await().untilAsserted(() -> assertThat(String.join("", received)).contains("chat_metadata", "assistant_end"));
        connection.closeAndAwait();
        emulator.requests("/v0/evi/chat").haveCredentials(TOKEN);
    }

    @Test
    void clientClass_connectsMoreThanOnce() {
        for (int i = 1; i <= 2; i++) {
            WebSocketClientConnection connection = chats.open().await().indefinitely();
            connection.sendTextAndAwait("{\"type\": \"user_input\", \"text\": \"Chat " + i + "\"}");
            String said = "Chat " + i;
            await().untilAsserted(() -> assertThat(transcript.text()).contains("chat_metadata", said, "assistant_end"));
            connection.closeAndAwait();
        }
        emulator.requests("/v0/evi/chat").haveCredentials(TOKEN, TOKEN);
    }

    @Test
    void clientOfTheJdk_connects() {
        WebSocket socket = conversations.open(emulator.socketUri("/v0/evi/chat"), new WebSocket.Listener() {
            @Override
            public CompletionStage<?> onText(WebSocket from, CharSequence frame, boolean last) {
                received.add(frame.toString());
                return WebSocket.Listener.super.onText(from, frame, last);
            }
        }).join();
        await().untilAsserted(() -> assertThat(String.join("", received)).contains("chat_metadata"));
        socket.abort();
        emulator.requests("/v0/evi/chat").haveCredentials(TOKEN);
    }
}
