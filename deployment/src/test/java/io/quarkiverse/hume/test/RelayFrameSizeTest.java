package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.WebSocket;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketConnectOptions;

/**
 * The HTTP server accepts frames of the relay's maximum size, although the application has WebSockets of its own with a lower
 * maximum size. The server has one limit for all of them.
 */
class RelayFrameSizeTest {

    private static final int LENGTH = 32 * 1024;

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = BrowserTokenUsers.application(Own.class)
            .overrideConfigKey("hume.relay.enabled", "true")
            .overrideConfigKey("hume.relay.allow", "WS /v0/evi/chat")
            .overrideConfigKey("hume.relay.max-frame-size", "64K")
            .overrideConfigKey("quarkus.websockets-next.server.max-frame-size", "1024")
            .overrideConfigKey("quarkus.websockets-next.server.max-message-size", "1024");

    @WebSocket(path = "/own")
    public static class Own {

        @OnTextMessage
        String length(String message) {
            return "length " + message.length();
        }
    }

    @Test
    void lowerMaximumOfTheApplication_isRaised() throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            LinkedBlockingQueue<String> messages = new LinkedBlockingQueue<>();
            WebSocketConnectOptions options = new WebSocketConnectOptions();
            options.setHost("localhost").setURI("/own")
                    .setPort(ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class));
            vertx.createWebSocketClient().connect(options).onSuccess(socket -> {
                socket.textMessageHandler(messages::add);
                socket.closeHandler(closed -> messages.add("closed " + socket.closeStatusCode()));
                socket.writeTextMessage("x".repeat(LENGTH));
            });
            assertThat(messages.poll(30, TimeUnit.SECONDS)).isEqualTo("length " + LENGTH);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }
}
