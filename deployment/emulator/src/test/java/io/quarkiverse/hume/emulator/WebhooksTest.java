package io.quarkiverse.hume.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.hume.emulator.EmulatorCall.Reply;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;

class WebhooksTest extends EmulatorTestCase {

    private static final List<Received> RECEIVED = new CopyOnWriteArrayList<>();
    private static final AtomicInteger STATUS = new AtomicInteger();

    private static Vertx vertx;
    private static int port;

    private record Received(String method, String path, String contentType, String timestamp, String signature, byte[] body) {

        JsonObject json() {
            return new JsonObject(new String(body, StandardCharsets.UTF_8));
        }
    }

    @BeforeAll
    static void startReceiver() throws ExecutionException, InterruptedException {
        vertx = Vertx.vertx();
        port = vertx.createHttpServer().requestHandler(request -> request.body().onSuccess(body -> {
            RECEIVED.add(new Received(request.method().name(), request.uri(), request.getHeader("Content-Type"),
                    request.getHeader("X-Hume-AI-Webhook-Timestamp"), request.getHeader("X-Hume-AI-Webhook-Signature"),
                    body.getBytes()));
            request.response().putHeader("Location", "/elsewhere").setStatusCode(STATUS.get()).end();
        })).listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().get().actualPort();
    }

    @AfterAll
    static void stopReceiver() {
        vertx.close();
    }

    @BeforeEach
    void forget() {
        RECEIVED.clear();
        STATUS.set(204);
    }

    @ParameterizedTest
    @CsvSource({ "chat_started, start_time", "chat_ended, duration_seconds", "tool_call, tool_call_message" })
    void send_event_receivedWithAGoodSignature(String event, String field) throws Exception {
        JsonObject report = send(Map.of("event_name", event, "account", SECOND));

        Received webhook = RECEIVED.get(0);
        assertThat(RECEIVED).hasSize(1);
        assertThat(webhook.method()).isEqualTo("POST");
        assertThat(webhook.path()).isEqualTo("/hooks?a=b");
        assertThat(webhook.contentType()).isEqualTo("application/json");
        assertThat(webhook.json().getString("event_name")).isEqualTo(event);
        assertThat(webhook.json().containsKey(field)).isTrue();
        assertThat(webhook.json().getString("chat_id")).isNotBlank();
        assertThat(webhook.timestamp()).isEqualTo(Long.toString(clock.instant().getEpochSecond()));
        assertThat(webhook.signature()).matches("[0-9a-f]{64}").isEqualTo(signature(emulator.keys(SECOND).apiKey(), webhook));
        assertThat(report.getJsonArray("statuses")).containsExactly(204);
        assertThat(report.getString("body")).isEqualTo(new String(webhook.body(), StandardCharsets.UTF_8));
    }

    @Test
    void send_withoutAccount_keyOfTheDefaultAccount() throws Exception {
        send(Map.of());

        assertThat(RECEIVED.get(0).signature()).isEqualTo(signature(emulator.keys(FIRST).apiKey(), RECEIVED.get(0)));
    }

    @Test
    void send_signingKey_usedInsteadOfTheApiKey() throws Exception {
        send(Map.of("signing_key", "s3cr3t-ünïcode"));

        assertThat(RECEIVED.get(0).signature()).isEqualTo(signature("s3cr3t-ünïcode", RECEIVED.get(0)));
    }

    @ParameterizedTest
    @ValueSource(longs = { -181, 600 })
    void send_timestampOffset_timeMovedAndSigned(long offset) throws Exception {
        send(Map.of("timestamp_offset_seconds", offset));

        assertThat(RECEIVED.get(0).timestamp()).isEqualTo(Long.toString(clock.instant().getEpochSecond() + offset));
        assertThat(RECEIVED.get(0).signature()).isEqualTo(signature(emulator.keys(FIRST).apiKey(), RECEIVED.get(0)));
    }

    @Test
    void send_corrupt_wellFormedButWrongSignature() throws Exception {
        send(Map.of("corrupt", true));

        assertThat(RECEIVED.get(0).signature()).matches("[0-9a-f]{64}")
                .isNotEqualTo(signature(emulator.keys(FIRST).apiKey(), RECEIVED.get(0)));
    }

    @Test
    void send_severalTimes_theSameDeliveryAgain() {
        JsonObject report = send(Map.of("times", 3));

        assertThat(report.getJsonArray("statuses")).containsExactly(204, 204, 204);
        assertThat(RECEIVED).hasSize(3).extracting(Received::signature).containsOnly(RECEIVED.get(0).signature());
    }

    @ParameterizedTest
    @ValueSource(ints = { 200, 401, 500, 302 })
    void send_receiverAnswers_statusReportedAndNoRedirectFollowed(int status) {
        STATUS.set(status);

        assertThat(send(Map.of()).getJsonArray("statuses")).containsExactly(status);
        assertThat(RECEIVED).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = { "localhost", "LocalHost", "127.0.0.1" })
    void send_loopbackByAnyName_received(String host) {
        send(Map.of("url", "http://" + host + ":" + port));

        assertThat(RECEIVED).hasSize(1);
    }

    @Test
    void send_nobodyListens_nullAndTheReason() {
        JsonObject report = obeyed("POST", "/webhooks",
                Map.of("url", "http://127.0.0.1:1/hooks", "event_name", "chat_started"));

        assertThat(report.getJsonArray("statuses").encode()).isEqualTo("[null]");
        assertThat(report.getString("error")).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(strings = { "https://127.0.0.1/hooks", "http://example.com/hooks", "http://10.0.0.1/", "http://0.0.0.0/",
            "http://127.0.0.1.example.com/", "http://localhost.example.com/", "http://user@127.0.0.1/", "http://[::2]/",
            "http://127.0.0.1@example.com/", "ftp://127.0.0.1/", "file:///etc/passwd", "/hooks", "not a url", "http:", "",
            "http://2130706433/", "http://127.0.0.1:99999/" })
    void url_notLoopback_rejectedAndNothingSent(String url) {
        Reply reply = control("POST", "/webhooks", Map.of("url", url, "event_name", "chat_started"));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().getString("error")).startsWith("url: ");
        assertThat(RECEIVED).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({ "event_name, chat_paused", "account, nobody", "signing_key, ''", "times, 0", "times, 1001", "corrupt, maybe",
            "timestamp_offset_seconds, soon" })
    void field_invalid_rejectedByName(String field, String value) {
        Map<String, Object> body = new HashMap<>(Map.of("url", "http://127.0.0.1:" + port, "event_name", "chat_started"));
        body.put(field, value.matches("\\d+") ? Integer.valueOf(value) : value);

        Reply reply = control("POST", "/webhooks", body);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().getString("error")).startsWith(field + ": ");
        assertThat(RECEIVED).isEmpty();
    }

    @Test
    void method_other_notAllowed() {
        assertThat(call("GET", "/emulator/webhooks").send().status()).isEqualTo(405);
    }

    @Test
    void signature_publishedVectors_reproduced() {
        assertThat(Webhook.signature("hume-webhook-demo-key-01",
                "{\"event_name\":\"chat_started\",\"chat_id\":\"c-0001\",\"chat_group_id\":\"g-0001\","
                        + "\"config_id\":\"cfg-0001\",\"start_time\":1760000000000,\"chat_start_type\":\"new_chat_group\"}",
                1_760_000_000L)).isEqualTo("c350689c5c7e5f487bb6ae8ecf4a48c92ce7738cd86578e71a20a062287e1fe6");
        assertThat(Webhook.signature("s3cr3t-ünïcode",
                "{\"event_name\":\"chat_ended\",\"chat_id\":\"c-0002\",\"chat_group_id\":\"g-0001\","
                        + "\"end_time\":1760000123456,\"duration_seconds\":123,\"end_reason\":\"USER_ENDED\","
                        + "\"note\":\"café ☕\"}",
                1_760_000_200L)).isEqualTo("493d6be5e6187304c3d87084abcc8fae67bbe115a79f1d7b959f31c913bf7b18");
    }

    private static JsonObject send(Map<String, Object> fields) {
        Map<String, Object> body = new HashMap<>(
                Map.of("url", "http://127.0.0.1:" + port + "/hooks?a=b", "event_name", "chat_started"));
        body.putAll(fields);
        return obeyed("POST", "/webhooks", body);
    }

    /** As a receiver computes it: over the bytes it got. */
    private static String signature(String key, Received webhook) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        mac.update(webhook.body());
        mac.update((byte) '.');
        mac.update(webhook.timestamp().getBytes(StandardCharsets.UTF_8));
        StringBuilder hex = new StringBuilder();
        for (byte octet : mac.doFinal()) {
            hex.append(String.format("%02x", octet));
        }
        return hex.toString();
    }
}
