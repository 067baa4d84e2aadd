package io.quarkiverse.hume.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;

/** Who gets a socket, and what the others are told. */
class HandshakeTest extends SocketTestCase {

    private static final String KEY = "X-Hume-Api-Key";
    private static final String BEARER = "Authorization";

    private static Vertx vertx;

    @BeforeAll
    static void startClient() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stopClient() {
        vertx.close();
    }

    @ParameterizedTest
    @CsvSource({ CHAT + ", api_key", CHAT + ", apiKey", SPEECH + ", api_key", SPEECH + ", apiKey" })
    void key_inTheQueryOfTheVoicePlatform_accepted(String path, String parameter) {
        open(path + "?" + parameter + "=" + key(SECOND), new String[0]);

        assertHandshake(path, "api-key", SECOND, 101);
        assertThat(sockets()).extracting(socket -> socket.getString("account")).containsExactly(SECOND);
    }

    @ParameterizedTest
    @CsvSource({ CHAT + ", access_token", CHAT + ", accessToken", SPEECH + ", access_token", SPEECH + ", accessToken" })
    void token_inTheQueryOfTheVoicePlatform_accepted(String path, String parameter) {
        open(path + "?" + parameter + "=" + token(SECOND), new String[0]);

        assertHandshake(path, "token", SECOND, 101);
    }

    @ParameterizedTest
    @ValueSource(strings = { CHAT, SPEECH, EXPRESSION })
    void header_keyOrToken_acceptedEverywhere(String path) {
        open(path, KEY, key(FIRST));
        open(path, BEARER, "Bearer " + token(FIRST));

        assertThat(recorded(path)).extracting(entry -> entry.getString("credential")).containsExactly("api-key", "token");
        assertThat(recorded(path)).extracting(entry -> entry.getInteger("status")).containsOnly(101);
    }

    @ParameterizedTest
    @ValueSource(strings = { "api_key", "apiKey", "access_token", "accessToken" })
    void query_onTheCloudPlatform_countsForNothing(String parameter) {
        String credential = parameter.startsWith("api") ? key(FIRST) : token(FIRST);

        assertThat(rejection(EXPRESSION + "?" + parameter + "=" + credential)).isEqualTo(401);

        assertHandshake(EXPRESSION, "none", null, 401);
    }

    @ParameterizedTest
    @ValueSource(strings = { CHAT, SPEECH })
    void credential_wrongMissingOrDead_401(String path) {
        String revoked = token(FIRST);
        emulator.revokeTokens(FIRST);
        String expired = token(FIRST);
        clock.advance(Duration.ofMinutes(31));

        assertThat(rejection(path)).isEqualTo(401);
        assertThat(rejection(path + "?api_key=wrong")).isEqualTo(401);
        assertThat(rejection(path + "?api_key=")).isEqualTo(401);
        assertThat(rejection(path + "?access_token=wrong")).isEqualTo(401);
        assertThat(rejection(path + "?access_token=" + revoked)).isEqualTo(401);
        assertThat(rejection(path + "?access_token=" + expired)).isEqualTo(401);
        assertThat(rejection(path + "?access_token=" + key(FIRST))).isEqualTo(401);
        assertThat(rejection(path, KEY, "wrong")).isEqualTo(401);
        assertThat(rejection(path, BEARER, "Bearer wrong")).isEqualTo(401);
        assertThat(recorded(path)).extracting(entry -> entry.getInteger("status")).hasSize(9).containsOnly(401);
        assertThat(sockets()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { CHAT, SPEECH })
    void credentials_ofBothKinds_403(String path) {
        String token = token(FIRST);

        assertThat(rejection(path + "?api_key=" + key(FIRST) + "&access_token=" + token)).isEqualTo(403);
        assertThat(rejection(path + "?access_token=" + token, KEY, key(FIRST))).isEqualTo(403);
        assertThat(rejection(path + "?api_key=" + key(FIRST), BEARER, "Bearer " + token)).isEqualTo(403);
        assertThat(rejection(path + "?api_key=" + key(FIRST) + "&apiKey=" + key(SECOND))).isEqualTo(403);
        assertThat(recorded(path)).extracting(entry -> entry.getString("credential")).containsOnly("several");
    }

    @ParameterizedTest
    @ValueSource(strings = { CHAT, SPEECH })
    void token_inThePlaceOfTheKey_403(String path) {
        String token = token(SECOND);

        assertThat(rejection(path + "?api_key=" + token)).isEqualTo(403);
        assertThat(rejection(path, KEY, token)).isEqualTo(403);
        assertHandshake(path, "api-key", SECOND, 403);
    }

    @Test
    void credential_twiceTheSameOrBesideAnEmptyOne_accepted() {
        open(CHAT + "?api_key=" + key(FIRST), KEY, key(FIRST));
        open(CHAT + "?access_token=" + token(FIRST), KEY, "");

        assertThat(sockets()).hasSize(2);
    }

    @Test
    void headers_bothOnTheCloudPlatform_400() {
        assertThat(rejection(EXPRESSION, KEY, key(FIRST), BEARER, "Bearer " + token(FIRST))).isEqualTo(400);
    }

    @Test
    void rejection_wrongKeyInTheQuery_bodyOfTheVoicePlatform() {
        UpgradeRejectedException rejected = rejected(CHAT + "?api_key=wrong", Map.of());

        assertThat(rejected.getStatus()).isEqualTo(401);
        assertThat(rejected.getBody().toJsonObject().getJsonObject("fault").getJsonObject("detail").getString("errorcode"))
                .isEqualTo("oauth.v2.InvalidApiKey");
    }

    @Test
    void rejection_mixedCredentials_bodySaysWhatIsExpected() {
        UpgradeRejectedException rejected = rejected(CHAT + "?api_key=" + key(FIRST), Map.of(BEARER, "Bearer " + token(FIRST)));

        assertThat(rejected.getStatus()).isEqualTo(403);
        assertThat(rejected.getBody().toJsonObject().getString("message")).contains("api_key", "access_token");
    }

    @Test
    void rejection_onTheCloudPlatform_requestIdForARejectedKeyOnly() {
        JsonObject withKey = rejected(EXPRESSION, Map.of(KEY, "wrong")).getBody().toJsonObject();
        JsonObject without = rejected(EXPRESSION + "?api_key=" + key(FIRST), Map.of()).getBody().toJsonObject();

        assertThat(withKey.getString("message")).isEqualTo("Unauthorized");
        assertThat(withKey.getString("request_id")).isNotBlank();
        assertThat(without).isEqualTo(new JsonObject().put("message", "Unauthorized"));
    }

    @Test
    void record_handshake_likeAnyRequest() {
        open(CHAT + "?config_id=c1&api_key=" + key(FIRST), "X-Trace", "one");

        JsonObject entry = recorded(CHAT).get(0);

        assertThat(entry.getString("method")).isEqualTo("GET");
        assertThat(entry.getString("query")).isEqualTo("config_id=c1&api_key=" + key(FIRST));
        assertThat(entry.getString("received_at")).isEqualTo(clock.instant().toString());
        assertThat(entry.getJsonObject("headers").getJsonArray("X-Trace")).containsExactly("one");
    }

    @Test
    void socket_elsewhere_answeredLikeAnyRequest() {
        assertThat(rejection("/v0/evi/unknown", KEY, key(FIRST))).isEqualTo(404);
        assertThat(rejection("/v0/evi/configs", KEY, key(FIRST))).isEqualTo(200);
    }

    @Test
    void fault_forThePath_strikesTheHandshakeOnly() {
        SocketClient open = open(CHAT);
        obeyed("PUT", "/api/fault", Map.of("status", 503, "path", CHAT, "times", 1, "headers", Map.of("Retry-After", "1")));

        assertThat(rejection(CHAT, KEY, key(FIRST))).isEqualTo(503);

        assertThat(recorded(CHAT)).extracting(entry -> entry.getInteger("status")).containsExactly(101, 503);
        assertThat(open.open()).isTrue();
        assertThat(open(CHAT).next().getString("type")).isEqualTo("chat_metadata");
    }

    @Test
    void fault_afterAuthentication_wrongCredentialsAreRejectedFirst() {
        obeyed("PUT", "/api/fault", Map.of("status", 429, "path", CHAT, "after_authentication", true));

        assertThat(rejection(CHAT + "?api_key=wrong")).isEqualTo(401);
        assertThat(rejection(CHAT, KEY, key(FIRST))).isEqualTo(429);
    }

    @Test
    void fault_delay_socketOpensLate() {
        obeyed("PUT", "/api/fault", Map.of("delay_millis", 100, "path", CHAT));

        assertThat(open(CHAT).next().getString("type")).isEqualTo("chat_metadata");
    }

    /** Otherwise, the socket would stay listed, and its chat active, until a reset. */
    @Test
    void fault_delay_clientHasLeft_noSocket() throws IOException {
        obeyed("PUT", "/api/fault", Map.of("delay_millis", 300, "path", CHAT));
        try (Socket client = new Socket(emulator.baseUri().getHost(), emulator.baseUri().getPort())) {
            client.getOutputStream().write(("GET " + CHAT + "?api_key=" + key(FIRST) + " HTTP/1.1\r\nHost: localhost\r\n"
                    + "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            await().until(() -> recorded(CHAT).size() == 1);
        }

        // The delay of this handshake ends after that of the first one.
        assertThat(open(CHAT).next().getString("type")).isEqualTo("chat_metadata");

        assertThat(sockets()).hasSize(1);
        assertThat(recorded(CHAT)).extracting(entry -> entry.getValue("status")).containsExactly(null, 101);
    }

    @Test
    void fault_reset_noHandshake() {
        obeyed("PUT", "/api/fault", Map.of("reset", true, "path", SPEECH));

        assertThatThrownBy(() -> open(SPEECH)).isInstanceOf(CompletionException.class);
        assertThat(recorded(SPEECH).get(0).getValue("status")).isNull();
    }

    @Test
    void fault_hang_noAnswerUntilItIsRemoved() {
        obeyed("PUT", "/api/fault", Map.of("hang", true, "path", EXPRESSION));
        // The client of the JDK would try again.
        CompletableFuture<WebSocket> pending = connect(EXPRESSION, Map.of(KEY, key(FIRST)));
        await().until(() -> recorded(EXPRESSION).size() == 1);
        assertThat(pending).isNotDone();

        obeyed("DELETE", "/api/fault", Map.of());

        assertThat(pending).failsWithin(Duration.ofSeconds(10));
        assertThat(sockets()).isEmpty();
    }

    @Test
    void upgrade_incomplete_rejectedAndRecorded() throws Exception {
        int status = vertx.createHttpClient().request(HttpMethod.GET, emulator.port(), "127.0.0.1", CHAT)
                .compose(request -> request.putHeader("Upgrade", "websocket").putHeader(KEY, key(FIRST)).send())
                .map(HttpClientResponse::statusCode).toCompletionStage().toCompletableFuture().get();

        assertThat(status).isEqualTo(400);
        await().until(() -> Integer.valueOf(400).equals(recorded(CHAT).get(0).getInteger("status")));
        assertThat(sockets()).isEmpty();
    }

    private static UpgradeRejectedException rejected(String path, Map<String, String> headers) {
        ExecutionException failure = catchThrowableOfType(ExecutionException.class, () -> connect(path, headers).get());
        return (UpgradeRejectedException) failure.getCause();
    }

    private static CompletableFuture<WebSocket> connect(String path, Map<String, String> headers) {
        WebSocketConnectOptions options = new WebSocketConnectOptions().setHost("127.0.0.1").setPort(emulator.port())
                .setURI(path);
        headers.forEach(options::putHeader);
        return vertx.createWebSocketClient().connect(options).toCompletionStage().toCompletableFuture();
    }

    private static void assertHandshake(String path, String credential, String account, int status) {
        JsonObject entry = recorded(path).get(0);
        assertThat(entry.getString("path")).isEqualTo(path);
        assertThat(entry.getString("credential")).isEqualTo(credential);
        assertThat(entry.getString("account")).isEqualTo(account);
        assertThat(entry.getInteger("status")).isEqualTo(status);
    }

    private static String key(String account) {
        return emulator.keys(account).apiKey();
    }
}
