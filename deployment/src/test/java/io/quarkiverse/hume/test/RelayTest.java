package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.test.BrowserCall.Answer;
import io.quarkus.test.QuarkusUnitTest;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;

/** Requests that are relayed to the emulator, and requests that are rejected. */
class RelayTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = BrowserTokenUsers.application(RawHandshake.class, LogMessages.class)
            .overrideConfigKey("quarkus.security.users.embedded.users.carol", "carol")
            .overrideConfigKey("quarkus.security.users.embedded.roles.carol", "voice")
            .overrideConfigKey("hume.browser-token.enabled", "false")
            .overrideConfigKey("hume.strategy", "api-key")
            .overrideConfigKey("hume.relay.enabled", "true")
            .overrideConfigKey("hume.relay.allow", "GET /v0/decisions/run,GET /v0/decisions/run/*,"
                    + "POST /v0/decisions/file/input_tokens,WS /v1/expression/audio/realtime")
            .overrideConfigKey("hume.relay.requests-per-minute", "10000")
            .overrideConfigKey("hume.relay.sockets-per-user", "1");

    private static final String RELAY = "/hume/relay";
    private static final String SOCKET = RELAY + "/v1/expression/audio/realtime";

    @BeforeEach
    void reset() {
        HumeEmulator.connect().reset();
    }

    @Test
    void request_getsTheCredentialAndNothingOfTheBrowser() {
        Answer answer = BrowserCall.as("alice").header("Cookie", "session=secret-of-the-user")
                .header("X-Forwarded-For", "1.2.3.4")
                .header("X-Hume-Api-Key", "key-of-the-browser").get(RELAY + "/v0/decisions/run?page_size=1&api_key=other");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().get("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.headers().get("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.headers().get("Content-Security-Policy")).isEqualTo("default-src 'none'; sandbox");
        RecordedRequest request = HumeEmulator.connect().requests("/v0/decisions/run").single();
        String received = request.query() + request.headers();
        assertThat(received).contains("page_size").doesNotContain("secret-of-the-user", "1.2.3.4", "key-of-the-browser",
                "other",
                "Basic ");
    }

    @TestFactory
    Stream<DynamicTest> otherSpellings_areNotRelayed() {
        return Stream.of("/v0/decisions", "/v0/decisions/run/", "//v0/decisions/run", "/v0//decisions/run",
                "/v0/decisions/x/../run", "/v0/decisions/./run", "/v0/decisions/run/%2e%2e/file", "/v0/decisions%2frun",
                "/v0/decisions/run;a=b", "/v0/decisions/run/a%2fb", "/v0/decisions/run/%00", "/v0/decisions/run/a%255cb",
                "/v0/decisions/run/a%5cb", "/v0/decisions/run/a\\b", "/v0\\decisions\\run", "/V0/decisions/run",
                "/v0/decisions/run/..", "/v0/decisions/run/%2e", "/v0/decisions/run/.%2e", "/v0/decisions/run/%2E%2E/x",
                "/v0/decisions/run/a%2e%2e%2fb", "/v0/decisions/run/..;/x", "/v0/decisions/run/a;", "/v0;x/decisions/run",
                "/v0/decisions/run%20", "/v0/decisions/run%0a", "/v0/decisions/run%3fa=b", "/v0/decisions/run%23",
                "/v0/decisions/run/%",
                "/v0/decisions/run/%zz", "/v0/decisions/run/%c0%ae%c0%ae", "/v0/decisions/run/%u002e", "/v0/decisions/run/x/",
                "/v0/decisions/r%75n/a/b", "/v0/./decisions/run", "///v0/decisions/run",
                "/http://evil.example/v0/decisions/run",
                "@evil.example/v0/decisions/run", "/v0/decisions/run/a@b", "/v0/decisions/run/a:b", "/",
                "/v0/decisions/run/a/b",
                "/v0/tts/voices", "/../token")
                .map(path -> DynamicTest.dynamicTest(path, () -> {
                    Answer answer = BrowserCall.as("alice").get(RELAY + path);
                    assertThat(answer.status()).as(answer.body()).isIn(400, 404);
                    HumeEmulator.connect().requests("/v*").areEmpty();
                }));
    }

    @Test
    void encodedLetters_areTheSamePath() {
        assertThat(BrowserCall.as("alice").get(RELAY + "/v0/decisions/r%75n").status()).isEqualTo(200);
        assertThat(HumeEmulator.connect().requests("/v0/decisions/run").single().method()).isEqualTo("GET");
    }

    @Test
    void overriddenMethods_andPaths_areIgnored() {
        for (String header : List.of("X-HTTP-Method-Override", "X-Method-Override", "X-Original-URL", "X-Rewrite-URL")) {
            BrowserCall.as("alice").header(header, header.endsWith("URL") ? "/v0/tts/voices" : "DELETE")
                    .get(RELAY + "/v0/decisions/run");
        }
        assertThat(HumeEmulator.connect().requests("/v*").list()).hasSize(4)
                .allMatch(request -> request.method().equals("GET") && request.path().equals("/v0/decisions/run")
                        && request.headers().keySet().stream().noneMatch(name -> name.matches(".*(Override|-URL)")));
    }

    @Test
    void anonymous_isRejectedAndNothingIsSent() {
        assertThat(BrowserCall.anonymous().get(RELAY + "/v0/decisions/run").status()).isEqualTo(401);
        assertThat(status(BrowserCall.basic("x", "y"), null)).isEqualTo(401);
        HumeEmulator.connect().requests("/v*").areEmpty();
    }

    @Test
    void otherMethods_areAnsweredWithThoseThatAreRelayed() {
        Answer answer = BrowserCall.as("alice").send("DELETE", RELAY + "/v0/decisions/run");
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.headers().get("Allow")).isEqualTo("GET");
        assertThat(answer.headers().get("Content-Type")).isEqualTo("application/problem+json");
    }

    @Test
    void foreignPage_isRejected() {
        String port = ConfigProvider.getConfig().getValue("quarkus.http.test-port", String.class);
        for (String origin : List.of("https://evil.example", "null", "http://localhost:1", "http://localhost", "x",
                "http://localhost.evil.example:" + port, "http://evil.example:" + port,
                "http://localhost:" + port + "@evil.example",
                "http://localhost:" + port + ".evil.example", "file://", "http://127.0.0.1:" + port)) {
            assertThat(BrowserCall.as("alice").header("Origin", origin).get(RELAY + "/v0/decisions/run").status())
                    .isEqualTo(403);
            assertThat(status(BrowserCall.basic("alice", "alice"), origin)).as(origin).isEqualTo(403);
        }
        HumeEmulator.connect().requests("/v*").areEmpty();
    }

    @Test
    void ownPage_isAdmitted() {
        String own = "http://localhost:" + ConfigProvider.getConfig().getValue("quarkus.http.test-port", String.class);
        assertThat(BrowserCall.as("bob").header("Origin", own).get(RELAY + "/v0/decisions/run").status()).isEqualTo(200);
        assertThat(status(BrowserCall.basic("bob", "bob"), own)).isEqualTo(101);
    }

    @Test
    void rejectedCredential_isAnsweredWith502() {
        HumeEmulator.connect().api().fail(HumeFault.status(401));
        Answer answer = BrowserCall.as("alice").get(RELAY + "/v0/decisions/run");
        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.headers().contains("WWW-Authenticate")).isFalse();
        assertThat(status(BrowserCall.basic("alice", "alice"), null)).isEqualTo(502);
    }

    @Test
    void socket_passesBothWaysWithItsClosing_andASecondOneIsRejected() throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            WebSocket socket = connect(vertx);
            LinkedBlockingQueue<String> messages = new LinkedBlockingQueue<>();
            socket.textMessageHandler(messages::add);
            socket.closeHandler(closed -> messages.add("closed " + socket.closeStatusCode()));
            socket.resume();
            assertThat(new JsonObject(messages.poll(10, TimeUnit.SECONDS)).getString("type")).isEqualTo("session.created");
            assertThat(status(BrowserCall.basic("alice", "alice"), null)).isEqualTo(429);
            socket.writeTextMessage("{\"type\":\"session.close\"}");
            assertThat(new JsonObject(messages.poll(10, TimeUnit.SECONDS)).getString("type")).isEqualTo("session.closed");
            assertThat(messages.poll(10, TimeUnit.SECONDS)).isEqualTo("closed 1000");
        } finally {
            vertx.close();
        }
    }

    /** Without {@code propagate-subprotocol-headers} and {@code supported-subprotocols}. */
    @Test
    void subProtocolsThatTheApplicationDoesNotSupport_areReported() {
        String basic = BrowserCall.basic("carol", "carol");
        String offered = "Sec-WebSocket-Protocol: carrier, " + RawHandshake.subProtocol("Authorization", basic);
        try (LogMessages log = new LogMessages()) {
            assertThat(RawHandshake.status(RawHandshake.head(SOCKET, offered))).isEqualTo(401);
            assertThat(RawHandshake.status(RawHandshake.head(SOCKET, offered))).isEqualTo(401);
            assertThat(log.of("HUME0075")).singleElement().asString().contains("propagate-subprotocol-headers=true");
            assertThat(log.of("HUME0076")).isEmpty();
            List<String> answer = RawHandshake.head(SOCKET, offered, "Authorization: " + basic);
            assertThat(RawHandshake.status(answer)).isEqualTo(101);
            assertThat(answer).noneMatch(line -> line.toLowerCase(Locale.ROOT).startsWith("sec-websocket-protocol"));
            await().until(() -> log.of("HUME0076").size() == 1);
            assertThat(log.of("HUME0076").get(0)).contains("supported-subprotocols").doesNotContain("carrier");
        }
    }

    private static int status(String authorization, String origin) {
        return RawHandshake.status(SOCKET, authorization, origin);
    }

    private static WebSocket connect(Vertx vertx) throws Exception {
        WebSocketConnectOptions options = new WebSocketConnectOptions();
        options.setHost("localhost")
                .setPort(ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class))
                .setURI(SOCKET);
        options.putHeader("Authorization", BrowserCall.basic("alice", "alice"));
        return vertx.createWebSocketClient().connect(options).map(socket -> {
            socket.pause();
            return socket;
        }).toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}
