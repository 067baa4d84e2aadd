package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.test.BrowserCall.Answer;
import io.quarkus.test.QuarkusUnitTest;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;

/** The limits of the relay for each user: requests, sockets, time and size. */
class RelayLimitsTest {

    private static final String FILE = "/hume/relay/v0/decisions/file";
    private static final String RUN = "/hume/relay/v0/decisions/run";
    private static final String SOCKET = "/hume/relay/v1/expression/audio/realtime";

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = BrowserTokenUsers.application(RelayedHume.class, RawHandshake.class)
            .setBeforeAllCustomizer(RelayedHume::start)
            .setAfterAllCustomizer(RelayedHume::stop)
            .overrideConfigKey("quarkus.security.users.embedded.users.carol", "carol")
            .overrideConfigKey("quarkus.security.users.embedded.users.dave", "dave")
            .overrideConfigKey("quarkus.security.users.embedded.roles.carol", "voice")
            .overrideConfigKey("quarkus.security.users.embedded.roles.dave", "voice")
            .overrideConfigKey("hume.browser-token.enabled", "false")
            .overrideConfigKey("hume.api-key", RelayedHume.API_KEY)
            .overrideConfigKey("hume.strategy", "api-key")
            .overrideConfigKey("hume.base-url", "${relayed.url}")
            .overrideConfigKey("hume.relay.enabled", "true")
            .overrideConfigKey("hume.relay.roles-allowed", "voice")
            .overrideConfigKey("hume.relay.allow",
                    "POST /v0/decisions/file,GET /v0/decisions/run,WS /v1/expression/audio/realtime")
            .overrideConfigKey("hume.rate-limit.requests-per-minute", "100000")
            .overrideConfigKey("hume.rate-limit.max-wait", "2S")
            .overrideConfigKey("hume.relay.requests-per-minute", "12")
            .overrideConfigKey("hume.relay.sockets-per-user", "2")
            .overrideConfigKey("hume.relay.max-body-size", "100K")
            .overrideConfigKey("hume.relay.max-frame-size", "10K")
            .overrideConfigKey("hume.relay.socket-idle-timeout", "3S")
            .overrideConfigKey("hume.relay.max-socket-duration", "7S")
            .overrideConfigKey("hume.relay.timeout", "5S");

    private Vertx vertx;

    @BeforeEach
    void reset() {
        RelayedHume.reset();
        vertx = Vertx.vertx();
    }

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private static int port() {
        return ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
    }

    private WebSocket connect(String user, LinkedBlockingQueue<String> messages) throws Exception {
        WebSocketConnectOptions options = new WebSocketConnectOptions();
        options.setHost("localhost").setPort(port()).setURI(SOCKET).putHeader("Authorization", BrowserCall.basic(user, user));
        WebSocketClientOptions client = new WebSocketClientOptions();
        client.setMaxFrameSize(1 << 20);
        return vertx.createWebSocketClient(client).connect(options).map(socket -> {
            socket.textMessageHandler(messages::add);
            socket.closeHandler(closed -> messages.add("closed " + socket.closeStatusCode() + " " + socket.closeReason()));
            return socket;
        }).toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private static String next(LinkedBlockingQueue<String> messages) throws InterruptedException {
        return messages.poll(30, TimeUnit.SECONDS);
    }

    private HttpClientRequest upload(String user) throws Exception {
        return vertx.createHttpClient().request(HttpMethod.POST, port(), "localhost", FILE).map(request -> request
                .putHeader("Authorization", BrowserCall.basic(user, user))).toCompletionStage().toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
    }

    private static int status(Future<HttpClientResponse> answer) throws Exception {
        return answer.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS).statusCode();
    }

    @Test
    void role_isNeeded() {
        assertThat(BrowserCall.as("bob").get(RUN).status()).isEqualTo(403);
        assertThat(RawHandshake.status(SOCKET, BrowserCall.basic("bob", "bob"), null)).isEqualTo(403);
        assertThat(RelayedHume.requests()).isEmpty();
    }

    @Test
    void requestsAndHandshakesOfAUser_areLimited() {
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            statuses.add(BrowserCall.as("carol").get(RUN).status());
        }
        assertThat(statuses).containsOnly(200);
        Answer refused = BrowserCall.as("carol").get(RUN);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(Integer.parseInt(refused.headers().get("Retry-After"))).isBetween(1, 60);
        assertThat(refused.headers().get("Content-Type")).isEqualTo("application/problem+json");
        assertThat(RawHandshake.status(SOCKET, BrowserCall.basic("carol", "carol"), null)).isEqualTo(429);
        assertThat(RelayedHume.requests()).hasSize(12);
        assertThat(BrowserCall.as("alice").get(RUN).status()).as("another user").isEqualTo(200);
    }

    @Test
    void limitOfTheOrganization_isSharedWithTheRelay() {
        RelayedHume.mode("limited-once");
        assertThat(BrowserCall.as("dave").get(RUN).status()).isEqualTo(200);
        assertThat(RelayedHume.requests()).as("sent again after a 429").hasSize(2);

        RelayedHume.mode("limited-for-three-seconds");
        Answer ofHume = BrowserCall.as("dave").get(RUN);
        assertThat(ofHume.status()).isEqualTo(429);
        assertThat(ofHume.headers().get("Retry-After")).isEqualTo("3");
        Answer refused = BrowserCall.as("dave").get(RUN);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.headers().get("Content-Type")).isEqualTo("application/problem+json");
        assertThat(Integer.parseInt(refused.headers().get("Retry-After"))).isBetween(1, 3);
        assertThat(RelayedHume.requests()).as("nothing is sent in the meantime").hasSize(3);
        await().pollInterval(Duration.ofSeconds(1)).until(() -> BrowserCall.as("dave").get(RUN).status() == 200);
    }

    @Test
    void sockets_endWhenSilentAndWhenOld_andAreLimitedForEachUser() throws Exception {
        LinkedBlockingQueue<String> silent = new LinkedBlockingQueue<>();
        LinkedBlockingQueue<String> lively = new LinkedBlockingQueue<>();
        connect("alice", silent);
        WebSocket socket = connect("alice", lively);
        assertThat(RawHandshake.status(SOCKET, BrowserCall.basic("alice", "alice"), null)).isEqualTo(429);
        vertx.setPeriodic(100, id -> {
            if (!socket.isClosed()) {
                socket.writeBinaryMessage(Buffer.buffer("sound"));
            }
        });
        assertThat(next(silent)).isEqualTo("closed 1008 There was no message for too long.");
        assertThat(next(lively)).isEqualTo("closed 1008 The socket was open for as long as it may be.");
        await().until(() -> RelayedHume.messages().stream().filter(message -> message.startsWith("closed 1001")).count() == 2);
        assertThat(RawHandshake.status(SOCKET, BrowserCall.basic("alice", "alice"), null)).isEqualTo(101);
    }

    @Test
    void framesThatAreTooLarge_closeTheSocket() throws Exception {
        LinkedBlockingQueue<String> messages = new LinkedBlockingQueue<>();
        connect("dave", messages).writeBinaryMessage(Buffer.buffer(new byte[32 * 1024]));
        assertThat(next(messages)).startsWith("closed 1009");
        await().until(() -> RelayedHume.messages().stream().anyMatch(message -> message.startsWith("closed ")));
        assertThat(RelayedHume.received().get()).isZero();
        RelayedHume.mode("large-frame");
        connect("dave", messages);
        assertThat(next(messages)).startsWith("closed 10");
    }

    @Test
    void bodiesThatAreTooLarge_areRejected() throws Exception {
        assertThat(status(upload("dave").send(Buffer.buffer(new byte[200 * 1024])))).isEqualTo(413);
        assertThat(RelayedHume.requests()).isEmpty();
        HttpClientRequest chunked = upload("dave");
        chunked.setChunked(true);
        chunked.write(Buffer.buffer(new byte[200 * 1024]));
        assertThat(status(chunked.response())).isEqualTo(413);
        assertThat(RelayedHume.received().get()).isLessThanOrEqualTo(100 * 1024);
    }

    @Test
    void stalledExchange_endsWithATimeoutStatus() throws Exception {
        HttpClientRequest stalled = upload("dave");
        stalled.setChunked(true);
        stalled.write(Buffer.buffer("begun"));
        assertThat(status(stalled.response())).isEqualTo(408);
        RelayedHume.mode("silent");
        assertThat(BrowserCall.as("dave").get(RUN).status()).isEqualTo(504);
        assertThat(RawHandshake.status(SOCKET, BrowserCall.basic("dave", "dave"), null)).isEqualTo(502);
    }
}
