package io.quarkiverse.hume.emulator.webhook;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import io.quarkiverse.hume.emulator.credential.EmulatorAccounts;
import io.quarkiverse.hume.emulator.http.JsonInput;
import io.quarkiverse.hume.emulator.http.ReceivedRequest;
import io.quarkiverse.hume.emulator.http.RefusedRequest;
import io.vertx.core.json.JsonObject;

/**
 * A webhook that is to be sent.
 *
 * @param times how often: the same event, time and signature, as when a delivery is repeated
 */
public record Webhook(URI url, String body, long epochSeconds, String signature, long times) {

    private static final List<String> EVENTS = List.of("chat_started", "chat_ended", "tool_call");
    // The name is not resolved, so that none can be made to point elsewhere.
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]");
    private static final long FARTHEST_OFFSET_SECONDS = 365L * 24 * 3600;
    private static final int HIGHEST_PORT = 65_535;

    public static Webhook read(ReceivedRequest request, EmulatorAccounts accounts, Instant now) {
        JsonInput input = JsonInput.control(request.body(), "url", "account", "event_name", "signing_key",
                "timestamp_offset_seconds", "corrupt", "times");
        URI url = url(input.required("url"));
        String event = input.required("event_name");
        if (!EVENTS.contains(event)) {
            throw input.invalid("event_name", "must be one of " + EVENTS);
        }
        String account = input.text("account").orElse(EmulatorAccounts.DEFAULT);
        accounts.requireKnown(account);
        String key = input.text("signing_key").orElseGet(() -> accounts.keys(account).apiKey());
        if (key.isEmpty()) {
            throw input.invalid("signing_key", "must not be empty");
        }
        long epochSeconds = now.getEpochSecond()
                + input.whole("timestamp_offset_seconds", -FARTHEST_OFFSET_SECONDS, FARTHEST_OFFSET_SECONDS).orElse(0L);
        String body = event(event, now.toEpochMilli()).encode();
        String signature = signature(key, body, epochSeconds);
        if (input.flag("corrupt", false)) {
            // Still 64 hexadecimal digits.
            signature = (signature.charAt(0) == '0' ? '1' : '0') + signature.substring(1);
        }
        return new Webhook(url, body, epochSeconds, signature, input.whole("times", 1, 1_000).orElse(1L));
    }

    /**
     * How Hume signs its webhooks.
     *
     * @param key not empty
     * @param epochSeconds what the header with the time says
     */
    public static String signature(String key, String body, long epochSeconds) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), mac.getAlgorithm()));
            return HexFormat.of().formatHex(mac.doFinal((body + "." + epochSeconds).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
            throw new IllegalStateException("Every JDK has this algorithm, and it takes any key", impossible);
        }
    }

    private static URI url(String text) {
        URI url;
        try {
            url = URI.create(text);
        } catch (IllegalArgumentException notAnUri) {
            throw RefusedRequest.control("url: is not a URL");
        }
        String host = url.getHost() == null ? "" : url.getHost().toLowerCase(Locale.ROOT);
        if (!"http".equalsIgnoreCase(url.getScheme()) || url.getUserInfo() != null || url.getPort() > HIGHEST_PORT
                || !LOOPBACK.matcher(host).matches()) {
            throw RefusedRequest.control("url: must be http://, without credentials, and on the loopback interface:"
                    + " localhost, 127.x.x.x or [::1]. The emulator sends webhooks to this machine only");
        }
        return url;
    }

    private static JsonObject event(String name, long now) {
        JsonObject event = new JsonObject().put("event_name", name);
        for (String field : List.of("chat_id", "chat_group_id", "config_id")) {
            event.put(field, UUID.randomUUID().toString());
        }
        return switch (name) {
            case "chat_started" -> event.put("start_time", now).put("chat_start_type", "new_chat_group");
            case "chat_ended" -> event.put("end_time", now).put("duration_seconds", 60).put("end_reason", "USER_ENDED");
            default -> event.put("timestamp", now).put("tool_call_message", new JsonObject().put("type", "tool_call")
                    .put("tool_type", "function").put("name", "get_current_weather")
                    .put("tool_call_id", UUID.randomUUID().toString()).put("parameters", "{\"location\":\"Oslo\"}")
                    .put("response_required", true));
        };
    }
}
