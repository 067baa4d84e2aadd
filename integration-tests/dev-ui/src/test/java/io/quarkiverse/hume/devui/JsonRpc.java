package io.quarkiverse.hume.devui;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import org.eclipse.microprofile.config.ConfigProvider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * Asks the Dev UI what its pages ask. Quarkus has a base class for that ({@code DevUIJsonRPCTest}), which waits three seconds
 * for every answer.
 */
final class JsonRpc {

    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonRpc() {
    }

    static JsonNode call(String method) throws Exception {
        return call(method, Map.of());
    }

    /** What the method returned. */
    static JsonNode call(String method, Map<String, Object> parameters) throws Exception {
        String request = JSON.writeValueAsString(
                Map.of("jsonrpc", "2.0", "id", 1, "method", "quarkus-hume_" + method, "params", parameters));
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        WebSocket socket = HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(address(), new Answer(answer))
                .get(30, TimeUnit.SECONDS);
        try {
            socket.sendText(request, true);
            JsonNode object = answer.get(1, TimeUnit.MINUTES).at("/result/object");
            assertThat(object.isMissingNode()).as(answer.join().toString()).isFalse();
            return object;
        } finally {
            socket.abort();
        }
    }

    private static URI address() {
        String application = ConfigProvider.getConfig().getValue("test.url", String.class);
        return URI.create(application.replaceFirst("^http", "ws") + "/q/dev-ui/json-rpc-ws");
    }

    private static final class Answer implements WebSocket.Listener {

        private final CompletableFuture<JsonNode> answer;
        private final StringBuilder text = new StringBuilder();

        Answer(CompletableFuture<JsonNode> answer) {
            this.answer = answer;
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                try {
                    JsonNode message = JSON.readTree(text.toString());
                    if (message.path("id").asInt() == 1) {
                        answer.complete(message);
                    }
                } catch (Exception e) {
                    answer.completeExceptionally(e);
                }
                text.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            answer.completeExceptionally(error);
        }
    }
}
