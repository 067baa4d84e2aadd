package io.quarkiverse.hume.test;

import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeAuthenticated;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.WebSocketClient;

/** A client class whose path carries a credential beside that of the account. */
class WebSocketPathCredentialTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClass(ConfigurationFailureTests.class))
            .assertException(failure -> ConfigurationFailureTests.assertMessages(failure,
                    "The path of the WebSocket client io.quarkiverse.hume.test.WebSocketPathCredentialTest$Chat has a credential"
                            + " in its query, and the client is authenticated with @HumeAuthenticated. Remove one of them"));

    @HumeAuthenticated
    @WebSocketClient(path = "/v0/evi/chat?config_id={config}&api%5Fkey={key}")
    public static class Chat {
        @OnTextMessage
        void received(String message) {
            throw new IllegalStateException();
        }
    }

    @Test
    void build_fails() {
        fail("the application must not be built");
    }
}
