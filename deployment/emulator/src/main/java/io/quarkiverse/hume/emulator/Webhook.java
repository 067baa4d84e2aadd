package io.quarkiverse.hume.emulator;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;

import io.vertx.core.json.JsonObject;

/**
 * A webhook that is to be sent.
 *
 * @param times how often: the same event, time and signature, as when a delivery is repeated
 */
record Webhook(URI url, String body, long epochSeconds, String signature, long times) {

    private static final List<String> EVENTS = List.of("chat_started", "chat_ended", "tool_call");
    // The name is not resolved, so that none can be made to point elsewhere.
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]");
    private static final long FARTHEST_OFFSET_SECONDS = 365L * 24 * 3600;
    private static final long MOST_TIMES = 1_000;
    private static final int HIGHEST_PORT = 65_535;
    private static final int CHAT_SECONDS = 60;

    static Webhook read(ReceivedRequest request, EmulatorState state) {
        ControlInput input = ControlInput.of(request.body(), "url", "account", "event_name", "signing_key",
                "timestamp_offset_seconds", "corrupt", "times");
        URI url = url(input.required("url"));
        String event = input.required("event_name");
        if (!EVENTS.contains(event)) {
            throw new InvalidInputException("event_name: must be one of " + EVENTS);
        }
        String account = input.text("account").orElse(HumeEmulator.DEFAULT_ACCOUNT);
        state.accounts.requireKnown(account);
        String key = input.text("signing_key").orElseGet(() -> state.accounts.keys(account).apiKey());
        if (key.isEmpty()) {
            throw new InvalidInputException("signing_key: must not be empty");
        }
        Instant now = state.clock.instant();
        long epochSeconds = now.getEpochSecond()
                + input.whole("timestamp_offset_seconds", -FARTHEST_OFFSET_SECONDS, FARTHEST_OFFSET_SECONDS).orElse(0L);
        String body = event(event, now.toEpochMilli()).encode();
        String signature = WebhookSignature.of(key, body, epochSeconds);
        return new Webhook(url, body, epochSeconds,
                input.flag("corrupt").orElse(false) ? corrupted(signature) : signature,
                input.whole("times", 1, MOST_TIMES).orElse(1L));
    }

    private static URI url(String text) {
        URI url;
        try {
            url = URI.create(text);
        } catch (IllegalArgumentException notAnUri) {
            throw new InvalidInputException("url: is not a URL");
        }
        String host = url.getHost() == null ? "" : url.getHost().toLowerCase(Locale.ROOT);
        if (!"http".equalsIgnoreCase(url.getScheme()) || url.getUserInfo() != null || url.getPort() > HIGHEST_PORT
                || !LOOPBACK.matcher(host).matches()) {
            throw new InvalidInputException("url: must be http://, without credentials, and on the loopback interface:"
                    + " localhost, 127.x.x.x or [::1]. The emulator sends webhooks to this machine only");
        }
        return url;
    }

    private static JsonObject event(String name, long now) {
        JsonObject event = new JsonObject().put("event_name", name).put("chat_id", UUID.randomUUID().toString())
                .put("chat_group_id", UUID.randomUUID().toString()).put("config_id", UUID.randomUUID().toString());
        return switch (name) {
            case "chat_started" -> event.put("start_time", now).put("chat_start_type", "new_chat_group");
            case "chat_ended" -> event.put("end_time", now).put("duration_seconds", CHAT_SECONDS)
                    .put("end_reason", "USER_ENDED");
            default -> event.put("timestamp", now).put("tool_call_message", new JsonObject().put("type", "tool_call")
                    .put("tool_type", "function").put("name", "get_current_weather")
                    .put("tool_call_id", UUID.randomUUID().toString()).put("parameters", "{\"location\":\"Oslo\"}")
                    .put("response_required", true));
        };
    }

    /** Still 64 hexadecimal digits. */
    private static String corrupted(String signature) {
        return (signature.charAt(0) == '0' ? '1' : '0') + signature.substring(1);
    }
}
