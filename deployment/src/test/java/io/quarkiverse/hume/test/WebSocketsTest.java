package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.LogRecord;
import java.util.stream.Stream;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeAuthenticated;
import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.HumeHandshake;
import io.quarkiverse.hume.HumeTokens;
import io.quarkiverse.hume.HumeWebSockets;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.websockets.next.BasicWebSocketConnector;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.WebSocketClient;
import io.quarkus.websockets.next.WebSocketClientConnection;
import io.quarkus.websockets.next.WebSocketConnector;
import io.vertx.core.http.UpgradeRejectedException;

/** WebSocket connections: the credential of the handshake, trusted destinations, and the retry after a rejection. */
class WebSocketsTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(
                    jar -> jar.addClasses(ApplicationToken.class, SocketServer.class, SecretSearch.class, Chat.class,
                            Hosted.class, Open.class, LogMessages.class))
            .setBeforeAllCustomizer(SocketServer::start)
            .overrideConfigKey("hume.accounts.\"cloud\".strategy", "api-key")
            .overrideConfigKey("hume.accounts.\"cloud\".websocket.credential", "header")
            .overrideConfigKey("hosted.base-uri", "https://api.hume.ai")
            .overrideConfigKey("quarkus.log.min-level", "TRACE")
            .overrideConfigKey("quarkus.log.level", "TRACE")
            .overrideConfigKey("quarkus.log.console.level", "INFO")
            .overrideConfigKey("quarkus.websockets-next.client.traffic-logging.enabled", "true")
            .setLogRecordPredicate(record -> true)
            .assertLogRecords(WebSocketsTest::assertNoCredential);

    private static final int REFUSED_CONNECTIONS = 80;
    private static final BlockingQueue<String> RECEIVED = new LinkedBlockingQueue<>();

    /** Handshakes with the credential in the query and in headers, accepted and rejected, with all logging enabled. */
    private static void assertNoCredential(List<LogRecord> records) {
        // What the server of this test answers repeats the handshake, which no server does that is not a test.
        String log = SecretSearch.text(records.stream()
                .filter(record -> !SecretSearch.text(List.of(record)).contains("Payload")).toList());
        assertThat(log).contains("websockets.next.traffic", "HUME0033", "HUME0064");
        assertThat(SecretSearch.of("emulator-token-", "emulator-api-key-").findings(log)).isEmpty();
    }

    @WebSocketClient(path = "/v0/evi/chat/{id}", clientId = "chat")
    @HumeAuthenticated
    public static class Chat {
        @OnTextMessage
        void received(String message) {
            RECEIVED.add(message);
        }
    }

    @WebSocketClient(path = "/v0/evi/chat", clientId = "hosted")
    @HumeAuthenticated
    public static class Hosted {
        @OnTextMessage
        void received(String message) {
            RECEIVED.add(message);
        }
    }

    @WebSocketClient(path = "/open", clientId = "open")
    public static class Open {
        @OnTextMessage
        void received(String message) {
            RECEIVED.add(message);
        }
    }

    @Inject
    HumeWebSockets sockets;
    @Inject
    @HumeAccount("cloud")
    HumeWebSockets cloudSockets;
    @Inject
    HumeTokens tokens;
    @Inject
    WebSocketConnector<Chat> chat;
    @Inject
    Instance<WebSocketConnector<Chat>> chats;
    @Inject
    Instance<WebSocketConnector<Hosted>> hosted;
    @Inject
    WebSocketConnector<Open> open;
    @Inject
    Instance<WebSocketConnector<Open>> opens;

    @BeforeEach
    void forget() {
        ApplicationToken.renew();
        RECEIVED.clear();
        SocketServer.refuse(0, 401);
    }

    private static URI server(String pathAndQuery) {
        return URI.create("ws://127.0.0.1:" + System.getProperty("sockets.port") + pathAndQuery);
    }

    private static BasicWebSocketConnector connector() {
        return BasicWebSocketConnector.create().onTextMessage((connection, message) -> RECEIVED.add(message));
    }

    /** @return path, query, Authorization, X-Hume-Api-Key, number of the handshake */
    private static String[] carried(WebSocketClientConnection connection) throws InterruptedException {
        connection.sendTextAndAwait("what?");
        String answer = RECEIVED.poll(10, TimeUnit.SECONDS);
        connection.closeAndAwait();
        return answer.split("\\|");
    }

    @Test
    void voice_carriesTheTokenInTheQueryAndKeepsWhatIsThere() throws Exception {
        String[] carried = carried(
                sockets.connect(server("/v0/evi/chat%2Fx?config_id=a%26b%20c"), WebSocketsTest::connector).await()
                        .indefinitely());
        assertThat(carried[0]).isEqualTo("/v0/evi/chat%2Fx");
        assertThat(carried[1]).startsWith("config_id=a%26b%20c&access_token=");
        assertThat(URLDecoder.decode(carried[1].substring(carried[1].indexOf("access_token=") + 13),
                StandardCharsets.UTF_8)).isEqualTo(tokens.await().value());
        assertThat(carried[2]).isEqualTo("null");
    }

    @Test
    void cloud_carriesTheKeyInAHeader() throws Exception {
        String[] carried = carried(cloudSockets.connect(server("/v1/expression/audio/realtime"), WebSocketsTest::connector)
                .await().indefinitely());
        assertThat(carried[1]).isEqualTo("null");
        assertThat(carried[3]).isEqualTo("emulator-api-key-cloud-1");
    }

    @Test
    void pathParameters_areKept() throws Exception {
        String[] carried = carried(sockets.connect(server("?a=b"),
                () -> connector().path("/v0/evi/{id}").pathParam("id", "c 1")).await().indefinitely());
        assertThat(carried[0]).isEqualTo("/v0/evi/c+1");
        assertThat(carried[1]).isEqualTo("a=b");
        // Neither a path nor a host of the voice platform.
        assertThat(carried[2]).isEqualTo("Bearer " + tokens.await().value());
    }

    @Test
    void connectorThatLogsBytes_logsNone() throws Exception {
        assertThat(carried(sockets.connect(server("/v0/evi/chat"), () -> connector().customizeOptions(
                (connection, client) -> client.setLogActivity(true))).await().indefinitely())[1]).contains("access_token=");
        assertThat(carried(chat.baseUri(server("")).pathParam("id", "c1")
                .customizeOptions((connection, client) -> client.setLogActivity(true)).connectAndAwait())[2])
                .startsWith("Bearer ");
    }

    @Test
    void clientClass_carriesTheTokenInAHeader() throws Exception {
        String[] carried = carried(chat.baseUri(server("")).pathParam("id", "c1").connectAndAwait());
        assertThat(carried[0]).isEqualTo("/v0/evi/chat/c1");
        assertThat(carried[2]).isEqualTo("Bearer " + tokens.await().value());
    }

    /** As in hume.base-url, which is the default base URI. The emulator's address, which replaces it in tests, has no slash. */
    @Test
    void baseUriWithASlash_givesTheSamePath() throws Exception {
        assertThat(carried(chats.get().baseUri(server("/")).pathParam("id", "c1").connectAndAwait())[0])
                .isEqualTo("/v0/evi/chat/c1");
        assertThat(carried(chats.get().baseUri(server("/prefix/")).pathParam("id", "c1").addHeader("Authorization", "own")
                .connectAndAwait())[0]).isEqualTo("/prefix/v0/evi/chat/c1");
    }

    @Test
    void clientClassWithoutAnnotation_keepsHeadersOfItsOwn() throws Exception {
        assertThat(carried(opens.get().baseUri(server("")).addHeader("Authorization", "own").addHeader("X-Hume-Api-Key", "")
                .connectAndAwait())).containsSequence("own", "");
    }

    @Test
    void clientClassWithoutAnnotation_carriesNothing() throws Exception {
        String[] carried = carried(open.baseUri(server("")).connectAndAwait());
        assertThat(carried[1]).isEqualTo("null");
        assertThat(carried[2]).isEqualTo("null");
        assertThat(carried[3]).isEqualTo("null");
    }

    private record Setting(String name, Consumer<BasicWebSocketConnector> basic, Consumer<WebSocketConnector<Chat>> ofClass) {
    }

    private static List<Setting> settings(String header, String value) {
        return List.of(
                new Setting("addHeader", connector -> connector.addHeader(header, value),
                        connector -> connector.addHeader(header, value)),
                new Setting("customizeOptions",
                        connector -> connector.customizeOptions((options, client) -> options.addHeader(header, value)),
                        connector -> connector.customizeOptions((options, client) -> options.putHeader(header, value))),
                new Setting("both", connector -> connector.addHeader(header, value)
                        .customizeOptions((options, client) -> options.putHeader("X-Hume-Api-Key", " ")),
                        connector -> connector.customizeOptions((options, client) -> options.putHeader(header, value))
                                .addHeader("X-Hume-Api-Key", "")));
    }

    @TestFactory
    Stream<DynamicTest> credentialOfTheConnector_isLeftAlone() {
        return Stream.of("Authorization", "authorization", "X-HUME-API-KEY").flatMap(header -> settings(header, "own").stream()
                .map(setting -> DynamicTest.dynamicTest(header + " by " + setting.name(), () -> {
                    String[] expected = header.startsWith("X") ? new String[] { "null", "own" }
                            : new String[] { "own", "null" };
                    for (HumeWebSockets account : List.of(sockets, cloudSockets)) {
                        String[] carried = carried(account.connect(server("/v0/evi/chat?a=b"), () -> {
                            BasicWebSocketConnector connector = connector();
                            setting.basic().accept(connector);
                            return connector;
                        }).await().indefinitely());
                        assertThat(carried[1]).isEqualTo("a=b");
                        assertThat(carried).containsSequence(expected);
                    }
                    WebSocketConnector<Chat> connector = chats.get().baseUri(server("")).pathParam("id", "c1");
                    setting.ofClass().accept(connector);
                    assertThat(carried(connector.connectAndAwait())).containsSequence(expected);
                })));
    }

    @TestFactory
    Stream<DynamicTest> blankHeaderOfTheConnector_isNoCredential() {
        return Stream.of("Authorization", "x-hume-api-key").flatMap(header -> settings(header, " ").stream()
                .map(setting -> DynamicTest.dynamicTest(header + " by " + setting.name(), () -> {
                    String[] carried = carried(cloudSockets.connect(server("/v1/stream"), () -> {
                        BasicWebSocketConnector connector = connector();
                        setting.basic().accept(connector);
                        return connector;
                    }).await().indefinitely());
                    assertThat(carried).containsSequence("null", "emulator-api-key-cloud-1");
                    WebSocketConnector<Chat> connector = chats.get().baseUri(server("")).pathParam("id", "c1");
                    setting.ofClass().accept(connector);
                    assertThat(carried(connector.connectAndAwait())).containsSequence("Bearer " + tokens.await().value(),
                            "null");
                })));
    }

    @ParameterizedTest
    @ValueSource(strings = { "a=b&access_token=own", "api_key=own&a=b%20c" })
    void credentialInTheAddress_isLeftAlone(String query) throws Exception {
        for (HumeWebSockets account : List.of(sockets, cloudSockets)) {
            String[] carried = carried(
                    account.connect(server("/v0/evi/chat?" + query), WebSocketsTest::connector).await().indefinitely());
            assertThat(carried).containsSequence(query, "null", "null");
            HumeHandshake handshake = account.handshake(server("/v0/evi/chat?" + query)).await().indefinitely();
            assertThat(handshake.uri()).isEqualTo(server("/v0/evi/chat?" + query));
            assertThat(handshake.headers()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "access_token=&a=b", "a=b&api_key", "api_key=%20&a=b&access_token=" })
    void blankCredentialInTheAddress_isNone(String query) throws Exception {
        assertThat(carried(sockets.connect(server("/v0/evi/chat?" + query), WebSocketsTest::connector).await()
                .indefinitely())[1]).startsWith("a=b&access_token=").doesNotContain("api_key")
                .hasSizeGreaterThan("a=b&access_token=".length());
        assertThat(carried(cloudSockets.connect(server("/v0/evi/chat?" + query), WebSocketsTest::connector).await()
                .indefinitely())).containsSequence("a=b", "null", "emulator-api-key-cloud-1");
    }

    @Test
    void credentialInThePathOfAConnector_isAnErrorThatSaysWhereToPutIt() throws Exception {
        assertThatThrownBy(() -> sockets.connect(server(""), () -> connector().path("/v0/evi/chat?api_key=own")).await()
                .indefinitely()).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("query of the address")
                .hasMessageNotContaining("own");
        assertThat(SocketServer.handshakes()).isZero();
        assertThat(carried(sockets.connect(server("/v0/evi/chat"), () -> connector().path("/replaced?api_key=own")).await()
                .indefinitely())[0]).isEqualTo("/v0/evi/chat");
    }

    @Test
    void rejectedCredentialOfTheApplication_callerGetsThe401AndTheTokenIsKept() {
        String before = tokens.await().value();
        SocketServer.refuse(5, 401);
        assertThatThrownBy(() -> sockets.connect(server("/v0/evi/chat"),
                () -> connector().addHeader("Authorization", "own")).await().indefinitely())
                .isInstanceOf(UpgradeRejectedException.class);
        assertThatThrownBy(() -> chats.get().baseUri(server("")).pathParam("id", "c1").addHeader("Authorization", "own")
                .connectAndAwait()).isInstanceOf(UpgradeRejectedException.class);
        assertThat(SocketServer.handshakes()).isEqualTo(2);
        assertThat(tokens.await().value()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(ints = { 401, 403 })
    void rejectedHandshake_isRetriedOnceWithAnotherToken(int status) throws Exception {
        String before = tokens.await().value();
        SocketServer.refuse(1, status);
        String[] carried = carried(sockets.connect(server("/v0/evi/chat"), WebSocketsTest::connector).await().indefinitely());
        assertThat(SocketServer.handshakes()).isEqualTo(2);
        assertThat(carried[1]).isEqualTo("access_token=" + tokens.await().value()).doesNotContain(before);
    }

    /** If connections succeed with the next token, it was the token that was rejected, and not the path. */
    @Test
    void rejectionsThatANewTokenEnds_areNoWarning() {
        try (LogMessages log = new LogMessages()) {
            for (int round = 0; round < 4; round++) {
                await().ignoreExceptions().until(() -> {
                    SocketServer.refuse(1, 401);
                    carried(sockets.connect(server("/v0/evi/chat"), WebSocketsTest::connector).await().indefinitely());
                    return SocketServer.handshakes() == 2;
                });
            }
            assertThat(log.of("HUME0008")).hasSizeGreaterThanOrEqualTo(4);
            assertThat(log.of("HUME0009")).isEmpty();
        }
    }

    /** Eighty rejected handshakes cause a few token requests and do not affect other calls. */
    @ParameterizedTest
    @ValueSource(ints = { 401, 403 })
    void manyRejectedHandshakes_causeFewTokenRequests(int status) throws Exception {
        carried(chat.baseUri(server("")).pathParam("id", "c1").connectAndAwait());
        ApplicationToken.renew();
        int before = HumeEmulator.connect().tokenRequests().size();
        SocketServer.refuse(Integer.MAX_VALUE, status);
        for (int connection = 0; connection < REFUSED_CONNECTIONS; connection++) {
            assertThatThrownBy(
                    () -> sockets.connect(server("/v0/evi/chat"), WebSocketsTest::connector).await().indefinitely())
                    .isInstanceOf(UpgradeRejectedException.class).hasMessageContaining(String.valueOf(status))
                    .satisfies(failure -> assertThat(failure.getMessage().contains("Hume rejected the access token"))
                            .isEqualTo(status == 401))
                    .satisfies(failure -> assertThat(((UpgradeRejectedException) failure).getStatus()).isEqualTo(status));
            assertThat(tokens.get().await().atMost(Duration.ofSeconds(10)).value()).isNotBlank();
        }
        int requests = HumeEmulator.connect().tokenRequests().size() - before;
        // At once, then after 1, 3, 7, 15, 31 and 63 seconds.
        assertThat(requests).isBetween(1, 7);
        assertThat(SocketServer.handshakes()).as("repeated only with a newer token")
                .isEqualTo(REFUSED_CONNECTIONS + requests);
    }

    @Test
    void rejectedHandshake_ofAClientClass_isRetriedOnce() throws Exception {
        String before = tokens.await().value();
        SocketServer.refuse(1, 401);
        String[] carried = carried(chat.baseUri(server("")).pathParam("id", "c1").connectAndAwait());
        assertThat(carried[2]).isEqualTo("Bearer " + tokens.await().value()).isNotEqualTo("Bearer " + before);
    }

    @Test
    void secondRejection_goesToTheCaller() {
        SocketServer.refuse(5, 401);
        assertThatThrownBy(
                () -> sockets.connect(server("/v0/evi/chat"), WebSocketsTest::connector).await().indefinitely())
                .isInstanceOf(UpgradeRejectedException.class).hasMessageNotContaining("access_token");
        assertThat(SocketServer.handshakes()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = { "wss://hume.example.net/v0/evi/chat", "ws://api.hume.ai/v0/evi/chat" })
    void untrustedOrUnencryptedDestination_isRejectedBeforeAnythingIsSent(String uri) {
        assertThatThrownBy(() -> sockets.handshake(URI.create(uri)).await().indefinitely())
                .isInstanceOf(HumeAuthenticationException.class).hasMessageContaining("was not sent");
        assertThatThrownBy(() -> chat.baseUri(uri).pathParam("id", "x").connectAndAwait())
                .isInstanceOf(HumeAuthenticationException.class);
    }

    @Test
    void handshake_showsNoCredential() {
        String emulator = HumeEmulator.connect().socketUri("").toString();
        HumeHandshake query = sockets.handshake(URI.create(emulator + "/v0/evi/chat?a=b#c")).await().indefinitely();
        assertThat(query.uri().toString())
                .isEqualTo(emulator + "/v0/evi/chat?a=b&access_token=" + tokens.await().value());
        assertThat(query.toString()).isEqualTo("HumeHandshake[ws://127.0.0.1/v0/evi/chat, credential in the query]");
        HumeHandshake header = cloudSockets.handshake(URI.create(emulator + "/v1")).await().indefinitely();
        assertThat(header.headers()).containsOnlyKeys("X-Hume-Api-Key");
        assertThat(header.toString()).doesNotContain("emulator-api-key");
    }

    @Test
    void hostOfHume_isTheEmulator() {
        String emulator = HumeEmulator.connect().socketUri("").toString();
        assertThat(sockets.handshake(URI.create("wss://api.hume.ai/v0/evi/chat?a=b")).await().indefinitely().uri().toString())
                .startsWith(emulator + "/v0/evi/chat?a=b&access_token=");
        assertThat(cloudSockets.handshake(URI.create("wss://api.cloud.hume.ai/v1")).await().indefinitely().uri())
                .isEqualTo(URI.create(emulator + "/v1"));
    }

    @Test
    void hostOfHumeInTheConfigurationOfAClientClass_isTheEmulator() {
        HumeEmulator.connect().forgetRequests();
        hosted.get().connectAndAwait().closeAndAwait();
        HumeEmulator.connect().requests("/v0/evi/chat").haveCredentials(CredentialKind.TOKEN).haveStatuses(101);
    }

    @TestFactory
    Stream<DynamicTest> hostOfHume_isTheEmulatorForACredentialOfTheConnectorToo() {
        Map<String, Runnable> connections = Map.of("class",
                () -> hosted.get().addHeader("X-Hume-Api-Key", "own").connectAndAwait(), "connector",
                () -> sockets.connect(URI.create("wss://api.hume.ai/v0/evi/chat"),
                        () -> connector().addHeader("X-Hume-Api-Key", "own")).await().indefinitely(),
                "address", () -> sockets.connect(URI.create("wss://api.hume.ai/v0/evi/chat?api_key=own"),
                        WebSocketsTest::connector).await().indefinitely());
        return connections.entrySet().stream().map(connection -> DynamicTest.dynamicTest(connection.getKey(), () -> {
            HumeEmulator.connect().forgetRequests();
            assertThatThrownBy(connection.getValue()::run).isInstanceOf(UpgradeRejectedException.class);
            HumeEmulator.connect().requests("/v0/evi/chat").haveStatuses(401);
        }));
    }
}
