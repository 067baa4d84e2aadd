package org.acme.voice;

import static io.quarkiverse.hume.test.CredentialKind.API_KEY;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import io.quarkiverse.hume.test.ConnectHumeEmulator;
import io.quarkiverse.hume.test.HumeEmulator;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;

@QuarkusTest
class RelayTest {

    private static final String QUESTIONS = "{\"questions\":{\"calm\":{\"type\":\"noul\",\"instructions\":\"Is the speaker calm?\"}}}";

    @ConnectHumeEmulator
    HumeEmulator emulator;
    @Inject
    RelayCosts costs;
    @TestHTTPResource
    String application;

    private static ValidatableResponse decide(String user) {
        return given().auth().preemptive().basic(user, user).multiPart("request", QUESTIONS, "application/json")
                .multiPart("file", "recording.wav", silence(), "audio/wav").post("/hume/relay/v0/decisions/file").then();
    }

    /** Two seconds of 16-bit sound at 16 kHz. */
    private static byte[] silence() {
        int bytes = 64_000;
        return ByteBuffer.allocate(44 + bytes).order(ByteOrder.LITTLE_ENDIAN).put(ascii("RIFF")).putInt(36 + bytes)
                .put(ascii("WAVEfmt ")).putInt(16).putShort((short) 1).putShort((short) 1).putInt(16_000).putInt(32_000)
                .putShort((short) 2).putShort((short) 16).put(ascii("data")).putInt(bytes).array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void recording_isDecidedAndItsCostsAreRecorded() {
        long before = costs.of("alice");
        decide("alice").statusCode(200).body("received.input_tokens", greaterThan(0));
        await().until(() -> costs.of("alice") > before);
        emulator.requests("/v0/decisions/file").haveCredentials(API_KEY).haveAccounts("cloud");
    }

    @Test
    void others_areRejected() {
        decide("bob").statusCode(403);
        given().auth().preemptive().basic("alice", "alice").get("/hume/relay/v0/decisions/run").then().statusCode(404)
                .contentType(containsString("problem+json"));
    }

    private static String authorization() {
        return "Basic " + Base64.getEncoder().encodeToString(ascii("alice:alice"));
    }

    private WebSocket measured(WebSocket.Builder builder) throws InterruptedException {
        LinkedBlockingQueue<String> messages = new LinkedBlockingQueue<>();
        WebSocket socket = builder.buildAsync(URI.create(application.replaceFirst("^http", "ws")
                + "hume/relay/v1/expression/audio/realtime"), new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onText(WebSocket connection, CharSequence text, boolean last) {
                        messages.add(text.toString());
                        connection.request(1);
                        return null;
                    }
                })
                .join();
        assertThat(messages.poll(20, TimeUnit.SECONDS)).contains("session.created");
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
        return socket;
    }

    @Test
    void socket_measures() throws InterruptedException {
        measured(HttpClient.newHttpClient().newWebSocketBuilder().header("Authorization", authorization()));
    }

    /** As the function measureWith of relay.js. */
    @Test
    void socket_measures_forAUserWithAHeader() throws InterruptedException {
        String header = URLEncoder.encode("quarkus-http-upgrade#Authorization#" + authorization(), StandardCharsets.UTF_8)
                .replace("+", "%20");
        WebSocket socket = measured(
                HttpClient.newHttpClient().newWebSocketBuilder().subprotocols("bearer-token-carrier", header));
        assertThat(socket.getSubprotocol()).isEqualTo("bearer-token-carrier");
    }
}
