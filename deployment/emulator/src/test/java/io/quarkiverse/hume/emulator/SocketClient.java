package io.quarkiverse.hume.emulator;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.vertx.core.json.JsonObject;

/** The other end of a socket: the WebSocket client of the JDK. */
final class SocketClient implements WebSocket.Listener {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final long PATIENCE_SECONDS = 20;

    private final BlockingQueue<JsonObject> received = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closeCode = new CompletableFuture<>();
    private final StringBuilder partial = new StringBuilder();
    private WebSocket socket;

    /** @param headers names and values in turn */
    static SocketClient connect(URI base, String path, String... headers) {
        return connectAsync(base, path, headers).join();
    }

    static CompletableFuture<SocketClient> connectAsync(URI base, String path, String... headers) {
        SocketClient client = new SocketClient();
        WebSocket.Builder builder = HTTP.newWebSocketBuilder();
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        return builder.buildAsync(URI.create("ws" + base.toString().substring("http".length()) + path), client)
                .thenApply(opened -> {
                    client.socket = opened;
                    return client;
                });
    }

    SocketClient send(JsonObject message) {
        return send(message.encode());
    }

    SocketClient send(String message) {
        socket.sendText(message, true).join();
        return this;
    }

    SocketClient send(byte[] message) {
        socket.sendBinary(ByteBuffer.wrap(message), true).join();
        return this;
    }

    JsonObject next() {
        try {
            JsonObject message = received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (message == null) {
                throw new AssertionError("No message came, closed: " + closeCode);
            }
            return message;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** The messages up to and with the first of that type. */
    List<JsonObject> until(String type) {
        List<JsonObject> messages = new ArrayList<>();
        do {
            messages.add(next());
        } while (!messages.get(messages.size() - 1).getString("type").equals(type));
        return messages;
    }

    boolean silent() {
        return received.isEmpty();
    }

    boolean open() {
        return !closeCode.isDone();
    }

    /** The code the server closed with. */
    int closedWith() {
        return closeCode.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    void close() {
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            received.add(new JsonObject(partial.toString()));
            partial.setLength(0);
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        closeCode.complete(statusCode);
        return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        closeCode.completeExceptionally(error);
    }
}
