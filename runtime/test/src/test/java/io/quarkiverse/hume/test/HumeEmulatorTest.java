package io.quarkiverse.hume.test;

import static io.quarkiverse.hume.test.CredentialKind.API_KEY;
import static io.quarkiverse.hume.test.CredentialKind.BASIC;
import static io.quarkiverse.hume.test.CredentialKind.NONE;
import static io.quarkiverse.hume.test.CredentialKind.TOKEN;
import static io.quarkiverse.hume.test.HumeEmulator.DEFAULT_ACCOUNT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.sun.net.httpserver.HttpServer;

import io.vertx.core.json.JsonObject;

/** Each method against the emulator itself: what a client of Hume sees of it. */
class HumeEmulatorTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String CONFIGS = "/v0/evi/configs";

    private static io.quarkiverse.hume.emulator.HumeEmulator server;
    private static HumeEmulator emulator;

    @BeforeAll
    static void start() {
        server = io.quarkiverse.hume.emulator.HumeEmulator.start(0, List.of(DEFAULT_ACCOUNT, "cloud"));
        emulator = HumeEmulator.at(server.baseUri());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void reset() {
        emulator.resetWithTokens();
    }

    @Test
    void requests_ofOnePath_oldestFirst() throws Exception {
        String token = token();
        withToken(CONFIGS + "?page_size=1", token);
        withKey("/v0/evi/chats", "wrong");
        send(HttpRequest.newBuilder(emulator.uri().resolve("/v0/tts/voices")));

        emulator.requests(CONFIGS).haveStatuses(200).haveCredentials(TOKEN).haveAccounts(DEFAULT_ACCOUNT);
        emulator.requests("/v0/evi/*").havePaths(CONFIGS, "/v0/evi/chats").haveStatuses(200, 401)
                .haveAccounts(DEFAULT_ACCOUNT, null).haveSize(2);
        emulator.requests().haveCredentials(BASIC, TOKEN, API_KEY, NONE);
        emulator.requests("/v0/evi").areEmpty();
        RecordedRequest request = emulator.requests(CONFIGS).single();
        assertThat(request.query()).isEqualTo("page_size=1");
        assertThat(request.method()).isEqualTo("GET");
        assertThat(request.header("authorization")).contains("Bearer " + token);
        assertThat(request.receivedAt()).isNotNull();
        assertThat(request).hasToString("GET /v0/evi/configs -> 200 (TOKEN of <default>)");
        RecordedRequest forToken = emulator.tokenRequests().single();
        assertThat(forToken.body()).contains("grant_type=client_credentials");
        assertThat(forToken.bodySize()).isEqualTo(29);
        assertThat(forToken.query()).isEmpty();
    }

    @Test
    void expectation_thatIsNotMet_listsWhatWasReceivedWithoutSecrets() throws Exception {
        withKey(CONFIGS, "wrong");
        RecordedRequests requests = emulator.requests(CONFIGS);

        assertThatThrownBy(() -> requests.haveStatuses(200)).isInstanceOf(AssertionError.class)
                .hasMessageContainingAll("the statuses [200]", "GET /v0/evi/configs -> 401 (API_KEY)")
                .hasMessageNotContaining("wrong");
        assertThatThrownBy(() -> requests.haveCredentials(TOKEN)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> requests.haveAccounts("cloud")).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> requests.havePaths("/v0/tts")).isInstanceOf(AssertionError.class);
        assertThatThrownBy(requests::areEmpty).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> emulator.requests("/v0/tts").single()).hasMessageContaining("no requests for /v0/tts");
        emulator.forgetRequests();
        emulator.requests().areEmpty();
    }

    @Test
    void tokenEndpoint_failsAndRecovers() throws Exception {
        emulator.tokenEndpoint().fail(503);
        assertThat(tokenAnswer().statusCode()).isEqualTo(503);
        emulator.tokenEndpoint().fail(HumeFault.status(429).header("Retry-After", "2").body("{}").times(1));
        HttpResponse<String> limited = tokenAnswer();
        assertThat(limited.statusCode()).isEqualTo(429);
        assertThat(limited.headers().firstValue("Retry-After")).contains("2");
        assertThat(limited.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(tokenAnswer().statusCode()).isEqualTo(200);
        emulator.tokenEndpoint().fail(HumeFault.closedConnection());
        assertThatThrownBy(this::tokenAnswer).isInstanceOf(IOException.class);
        emulator.tokenEndpoint().recover();
        assertThat(tokenAnswer().statusCode()).isEqualTo(200);
    }

    @Test
    void tokenEndpoint_settings() throws Exception {
        emulator.tokenEndpoint().lifetime(Duration.ofSeconds(90)).latency(Duration.ofMillis(1));
        assertThat(new JsonObject(tokenAnswer().body()).getInteger("expires_in")).isEqualTo(90);
        emulator.tokenEndpoint().expiresIn(false);
        assertThat(new JsonObject(tokenAnswer().body()).containsKey("expires_in")).isFalse();
        assertThat(emulator.tokensIssued()).isEqualTo(2);
        assertThat(emulator.tokensLive()).isEqualTo(2);
    }

    @Test
    void api_failsWhereItIsAsked() throws Exception {
        emulator.api().fail(HumeFault.status(500).atPath(CONFIGS).ofAccount(DEFAULT_ACCOUNT).afterAuthentication());
        String key = emulator.defaultAccount().keys().apiKey();
        assertThat(withKey(CONFIGS, key).statusCode()).isEqualTo(500);
        assertThat(withKey(CONFIGS, "wrong").statusCode()).isEqualTo(401);
        assertThat(withKey(CONFIGS, emulator.account("cloud").keys().apiKey()).statusCode()).isEqualTo(200);
        assertThat(withKey("/v0/evi/chats", key).statusCode()).isEqualTo(200);
        emulator.api().fail(HumeFault.status(200).bodyOfSize(5).header("Content-Type", "text/html").percent(50));
        assertThat(withKey(CONFIGS, key).statusCode()).isEqualTo(200);
        HttpResponse<String> filler = withKey(CONFIGS, key);
        assertThat(filler.body()).isEqualTo("xxxxx");
        assertThat(filler.headers().firstValue("Content-Type")).contains("text/html");
        emulator.api().fail(HumeFault.delay(Duration.ofMillis(1)));
        assertThat(withKey(CONFIGS, key).statusCode()).isEqualTo(200);
        emulator.api().fail(HumeFault.hang().after(Duration.ofMillis(1)));
        CompletableFuture<HttpResponse<String>> hanging = HTTP.sendAsync(HttpRequest.newBuilder(
                emulator.uri().resolve(CONFIGS)).build(), HttpResponse.BodyHandlers.ofString());
        emulator.api().recover();
        assertThat(hanging.handle((answer, failure) -> failure == null ? answer.statusCode() : 0).get(1, TimeUnit.MINUTES))
                .isIn(0, 401);
        emulator.api().fail(418);
        emulator.tokenEndpoint().fail(418);
        assertThat(withKey(CONFIGS, key).statusCode()).isEqualTo(418);
        emulator.recover();
        assertThat(withKey(CONFIGS, key).statusCode()).isEqualTo(200);
        assertThat(tokenAnswer().statusCode()).isEqualTo(200);
    }

    @Test
    void account_keysAndTokens() throws Exception {
        EmulatedAccount account = emulator.defaultAccount();
        EmulatedAccount.Keys first = account.keys();
        String token = token();
        assertThat(account.name()).isEqualTo("<default>");
        assertThat(emulator.accounts()).containsExactly("<default>", "cloud");
        assertThat(first.toString()).doesNotContain(first.apiKey(), first.secretKey());

        assertThat(emulator.account("cloud").revokeTokens()).isZero();
        assertThat(withToken(CONFIGS, token)).isEqualTo(200);
        EmulatedAccount.Keys second = account.regenerateKeysButKeepTokens();
        assertThat(account.keys()).isEqualTo(second).isNotEqualTo(first);
        assertThat(withToken(CONFIGS, token)).isEqualTo(200);
        assertThat(withKey(CONFIGS, first.apiKey()).statusCode()).isEqualTo(401);
        EmulatedAccount.Keys third = account.regenerateKeys(Duration.ofMinutes(1));
        assertThat(withKey(CONFIGS, second.apiKey()).statusCode()).isEqualTo(200);
        account.regenerateKeys();
        assertThat(withKey(CONFIGS, third.apiKey()).statusCode()).isEqualTo(401);
        account.useKeys("of-a-test", "secret");
        assertThat(withKey(CONFIGS, "of-a-test").statusCode()).isEqualTo(200);
        token();
        assertThat(emulator.revokeTokens()).as("the kept one, too").isEqualTo(2);
        assertThatIllegalArgumentException().isThrownBy(() -> emulator.account("nobody").keys())
                .withMessageContaining("nobody");
        assertThatIllegalArgumentException().isThrownBy(() -> emulator.account("nobody").revokeTokens())
                .withMessageContainingAll("400", "there is no \"nobody\"");
    }

    @Test
    void reset_isLikeTheBeginning_butTokensStay() throws Exception {
        EmulatedAccount.Keys first = emulator.defaultAccount().keys();
        String token = token();
        emulator.revokeTokens();
        emulator.defaultAccount().regenerateKeys();
        emulator.api().fail(500);
        emulator.tokenEndpoint().fail(500);

        emulator.reset();

        emulator.requests().areEmpty();
        assertThat(emulator.defaultAccount().keys()).isEqualTo(first);
        assertThat(withToken(CONFIGS, token)).isEqualTo(200);
        assertThat(tokenAnswer().statusCode()).isEqualTo(200);
        emulator.resetWithTokens();
        assertThat(withToken(CONFIGS, token)).isEqualTo(401);
    }

    @Test
    void sockets_listedAndClosed() throws Exception {
        CompletableFuture<Integer> closed = new CompletableFuture<>();
        HTTP.newWebSocketBuilder().buildAsync(
                emulator.socketUri("/v0/evi/chat?api_key=" + emulator.defaultAccount().keys().apiKey()),
                new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
                        closed.complete(code);
                        return null;
                    }
                }).join();

        HumeEmulator.OpenSocket socket = emulator.sockets().get(0);
        assertThat(socket.path()).isEqualTo("/v0/evi/chat");
        assertThat(socket.account()).isEqualTo(DEFAULT_ACCOUNT);
        assertThat(socket.credential()).isEqualTo(API_KEY);
        assertThat(socket.openedAt()).isNotNull();
        assertThat(emulator.closeSockets()).isEqualTo(1);
        assertThat(emulator.sockets()).isEmpty();
        assertThat(closed.get(1, TimeUnit.MINUTES)).isEqualTo(1001);
        emulator.requests("/v0/evi/chat").haveStatuses(101);
    }

    @Test
    void webhooks_sentAsAsked() throws Exception {
        Queue<String> received = new ConcurrentLinkedQueue<>();
        HttpServer receiver = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        receiver.createContext("/", exchange -> {
            received.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)
                    + exchange.getRequestHeaders().getFirst("X-Hume-AI-Webhook-Signature"));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        receiver.start();
        try {
            URI url = URI.create("http://127.0.0.1:" + receiver.getAddress().getPort() + "/hooks");
            assertThat(emulator.webhook("chat_ended").signedWith("key").times(2).sendTo(url)).containsExactly(204, 204);
            assertThat(List.copyOf(received)).hasSize(2).allMatch(event -> event.contains("chat_ended"));
            assertThat(received.poll()).isEqualTo(received.poll());
            assertThat(emulator.webhook("tool_call").ofAccount("cloud").corrupt().aged(Duration.ofMinutes(10)).sendTo(url))
                    .containsExactly(204);
            assertThat(received.poll()).contains("tool_call");
        } finally {
            receiver.stop(0);
        }
        assertThatIllegalArgumentException().isThrownBy(() -> emulator.webhook("chat_started").sendTo(
                URI.create("http://example.com"))).withMessageContaining("loopback");
    }

    @Test
    void emulator_thatIsNotThere_isNamed() {
        assertThatIllegalStateException().isThrownBy(HumeEmulator::connect)
                .withMessageContainingAll("hume.emulator.url", "hume.devservices.enabled");
        assertThatThrownBy(() -> HumeEmulator.at(URI.create("http://127.0.0.1:1")).reset())
                .isInstanceOf(UncheckedIOException.class).hasMessageContaining("POST http://127.0.0.1:1/emulator/reset");
    }

    private static String token() throws Exception {
        return new JsonObject(tokenAnswer(emulator.defaultAccount().keys()).body()).getString("access_token");
    }

    private HttpResponse<String> tokenAnswer() throws Exception {
        return tokenAnswer(emulator.defaultAccount().keys());
    }

    private static HttpResponse<String> tokenAnswer(EmulatedAccount.Keys keys) throws Exception {
        String pair = keys.apiKey() + ":" + keys.secretKey();
        return send(HttpRequest.newBuilder(emulator.uri().resolve("/oauth2-cc/token"))
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials")));
    }

    private static int withToken(String path, String token) throws Exception {
        return send(HttpRequest.newBuilder(emulator.uri().resolve(path)).header("Authorization", "Bearer " + token))
                .statusCode();
    }

    private static HttpResponse<String> withKey(String path, String key) throws Exception {
        return send(HttpRequest.newBuilder(emulator.uri().resolve(path)).header("X-Hume-Api-Key", key));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
