package io.quarkiverse.hume.emulator;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import io.quarkiverse.hume.emulator.platform.Answer;
import io.quarkiverse.hume.emulator.platform.JsonInput;
import io.quarkiverse.hume.emulator.platform.ReceivedRequest;
import io.quarkiverse.hume.emulator.platform.RejectedRequest;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** A webhook that is sent once or several times, with the same event, time and signature, as when Hume repeats a delivery. */
record Webhook(URI url, String body, long epochSeconds, String signature, long times) {

    private static final List<String> EVENTS = List.of("chat_started", "chat_ended", "tool_call");
    private static final long FARTHEST_OFFSET_SECONDS = 365L * 24 * 3600;
    private static final int HIGHEST_PORT = 65_535;
    private static final long ANSWER_MILLIS = 10_000;

    static Webhook read(ReceivedRequest request, EmulatorState state) {
        Instant now = state.clock.instant();
        JsonInput input = JsonInput.control(request.body(), "url", "account", "event_name", "signing_key",
                "timestamp_offset_seconds", "corrupt", "times");
        URI url = url(input.required("url"));
        String event = input.oneOf("event_name", EVENTS).orElseGet(() -> input.required("event_name"));
        String key = state.accounts.keys(input.text("account").orElse(HumeEmulator.DEFAULT_ACCOUNT)).apiKey();
        key = input.text("signing_key").orElse(key);
        if (key.isEmpty()) {
            throw input.invalid("signing_key", "must not be empty");
        }
        long epochSeconds = now.getEpochSecond()
                + input.whole("timestamp_offset_seconds", -FARTHEST_OFFSET_SECONDS, FARTHEST_OFFSET_SECONDS).orElse(0L);
        String body = event(event, now.toEpochMilli()).encode();
        String signature = signature(key, body, epochSeconds);
        if (input.flag("corrupt", false)) {
            // The wrong signature has 64 hexadecimal digits as well.
            signature = (signature.charAt(0) == '0' ? '1' : '0') + signature.substring(1);
        }
        return new Webhook(url, body, epochSeconds, signature, input.whole("times", 1, 1_000).orElse(1L));
    }

    /** The signature of Hume for a key that is not empty, if the header with the time contains {@code epochSeconds}. */
    static String signature(String key, String body, long epochSeconds) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), mac.getAlgorithm()));
            return HexFormat.of().formatHex(mac.doFinal((body + "." + epochSeconds).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
            throw new IllegalStateException("Every JDK has this algorithm, and it takes any key", impossible);
        }
    }

    /** Sends one delivery after the other, without redirects. The result has a status for each, or null without a response. */
    Future<Answer> send(HttpClient client) {
        JsonArray statuses = new JsonArray();
        JsonObject sent = JsonObject.of("statuses", statuses, "body", body, "timestamp", epochSeconds, "signature", signature);
        RequestOptions options = new RequestOptions().setMethod(HttpMethod.POST).setAbsoluteURI(url.toString())
                .setTimeout(ANSWER_MILLIS).putHeader("Content-Type", "application/json")
                .putHeader("X-Hume-AI-Webhook-Timestamp", Long.toString(epochSeconds))
                .putHeader("X-Hume-AI-Webhook-Signature", signature);
        Future<?> last = Future.succeededFuture();
        for (long i = 0; i < times; i++) {
            last = last.compose(previous -> client.request(options)).compose(request -> request.send(body))
                    .map(HttpClientResponse::statusCode).recover(failure -> {
                        sent.put("error", String.valueOf(failure.getMessage()));
                        return Future.succeededFuture(null);
                    }).onSuccess(statuses::add);
        }
        return last.map(done -> Answer.ok(sent));
    }

    private static URI url(String text) {
        try {
            URI url = URI.create(text);
            // The name is not resolved, because it could resolve to another machine.
            if ("http".equalsIgnoreCase(url.getScheme()) && url.getUserInfo() == null && url.getPort() <= HIGHEST_PORT
                    && url.getHost() != null && LocalAccess.isLoopback(url.getHost())) {
                return url;
            }
        } catch (IllegalArgumentException notAnUri) {
            throw RejectedRequest.control("url: is not a URL");
        }
        throw RejectedRequest.control("url: must be http://, without credentials, and on the loopback interface:"
                + " localhost, 127.x.x.x or [::1]. The emulator sends webhooks to this machine only");
    }

    private static JsonObject event(String name, long now) {
        JsonObject event = JsonObject.of("event_name", name);
        List.of("chat_id", "chat_group_id", "config_id").forEach(id -> event.put(id, UUID.randomUUID().toString()));
        return switch (name) {
            case "chat_started" -> event.put("start_time", now).put("chat_start_type", "new_chat_group");
            case "chat_ended" -> event.put("end_time", now).put("duration_seconds", 60).put("end_reason", "USER_ENDED");
            default -> event.put("timestamp", now).put("tool_call_message", JsonObject.of("type", "tool_call", "tool_type",
                    "function", "name", "get_current_weather", "tool_call_id", UUID.randomUUID().toString(), "parameters",
                    "{\"location\":\"Oslo\"}", "response_required", true));
        };
    }
}
