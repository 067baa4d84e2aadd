package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.inject.Inject;

import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeWebSockets;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.websockets.next.BasicWebSocketConnector;
import io.quarkus.websockets.next.WebSocketClientConnection;
import io.smallrye.mutiny.Uni;

/**
 * Many concurrent sessions that are opened, held and reconnected, with tokens that are valid for seconds and a token endpoint
 * that fails at times.
 */
class WebSocketLoadTest {

    private static final Logger LOG = Logger.getLogger(WebSocketLoadTest.class);
    private static final int SESSIONS = 500;
    private static final int ROUNDS = 4;

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withEmptyApplication()
            // The first token is to be as short-lived as the others.
            .overrideConfigKey("hume.token.acquire-at-startup", "false")
            .overrideConfigKey("hume.token.timeout", "30S")
            .overrideConfigKey("hume.token.refresh-before", "2S")
            .overrideConfigKey("hume.token.retry.delay", "50MS")
            .overrideConfigKey("hume.token.retry.max-retries", "5")
            .overrideConfigKey("hume.websocket.min-token-validity", "2S");

    @Inject
    HumeWebSockets sockets;

    private final AtomicInteger messages = new AtomicInteger();

    @Test
    void sessions_openedHeldAndReconnected_neverWithoutAValidCredential() {
        HumeEmulator.connect().resetWithTokens();
        HumeEmulator.connect().tokenEndpoint().lifetime(Duration.ofSeconds(5)).latency(Duration.ofMillis(100));
        HumeEmulator.connect().tokenEndpoint().fail(HumeFault.status(503).percent(30));
        long start = System.nanoTime();
        for (int round = 0; round < ROUNDS; round++) {
            // Not all at once: on a slow machine, their handshakes would wait in line for longer than a token lives.
            List<WebSocketClientConnection> open = Uni.join().all(connections()).usingConcurrencyOf(50).andFailFast().await()
                    .atMost(Duration.ofSeconds(60));
            assertThat(open).hasSize(SESSIONS).allMatch(WebSocketClientConnection::isOpen);
            // Held for about half of a token's life.
            Uni.createFrom().voidItem().onItem().delayIt().by(Duration.ofSeconds(2)).await().indefinitely();
            assertThat(open).allMatch(WebSocketClientConnection::isOpen);
            Uni.join().all(open.stream().map(WebSocketClientConnection::close).toList()).andFailFast().await()
                    .atMost(Duration.ofSeconds(60));
        }
        int issued = HumeEmulator.connect().tokensIssued();
        long refused = HumeEmulator.connect().requests("/v0/evi/chat").stream()
                .filter(request -> request.status().orElse(0) != 101)
                .count();
        double seconds = (System.nanoTime() - start) / 1e9;
        LOG.infof("%d sessions opened in %d rounds and %.1f s, %d handshakes refused, %d tokens issued", SESSIONS * ROUNDS,
                ROUNDS, seconds, refused, issued);
        assertThat(refused).isZero();
        assertThat(messages.get()).isGreaterThanOrEqualTo(SESSIONS * ROUNDS);
        // One token per refresh: a token lives for 5 s and is renewed 2 s before its end.
        assertThat(issued).isGreaterThanOrEqualTo(2).isLessThanOrEqualTo((int) (seconds / 2.5) + 2);
    }

    private List<Uni<WebSocketClientConnection>> connections() {
        URI chat = HumeEmulator.connect().socketUri("/v0/evi/chat");
        List<Uni<WebSocketClientConnection>> connections = new ArrayList<>();
        for (int i = 0; i < SESSIONS; i++) {
            connections.add(sockets.connect(chat, () -> BasicWebSocketConnector.create()
                    .onTextMessage((connection, message) -> messages.incrementAndGet())));
        }
        return connections;
    }
}
