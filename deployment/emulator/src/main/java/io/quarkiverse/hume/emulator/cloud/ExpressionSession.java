package io.quarkiverse.hume.emulator.cloud;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

import io.quarkiverse.hume.emulator.http.JsonInput;
import io.quarkiverse.hume.emulator.http.SocketSession;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Expression measurement of live speech or images. There is no rate limit. */
final class ExpressionSession extends SocketSession {

    private static final int MOST_EVENTS = 1_000;
    private static final int LARGEST_FRAME = 10 * SpeechStream.SAMPLE_RATE * Short.BYTES;

    private final CloudRuns runs;
    private final String account;
    private final boolean video;
    private final int largestMessage;
    private final JsonArray events = new JsonArray();
    private final String id = UUID.randomUUID().toString();
    private final Instant started;
    private SpeechStream speech = new SpeechStream(ExpressionEndpoints.SHORTEST_TIMER, this::measured);
    private boolean failed;

    ExpressionSession(CloudRuns runs, String account, boolean video) {
        this.runs = runs;
        this.account = account;
        this.video = video;
        this.largestMessage = video ? 2_000_000 : 1 << 20;
        this.started = runs.now();
    }

    @Override
    protected void opened() {
        send(message("session.created").put("config", config()));
    }

    @Override
    protected void text(String text) {
        Buffer message = Buffer.buffer(text);
        if (message.length() > largestMessage) {
            tooLarge();
            return;
        }
        JsonObject object = JsonInput.parse(message).orElseGet(JsonObject::new);
        switch (String.valueOf(object.getValue("type"))) {
            case "session.update" -> update(object.getValue("config"));
            case "session.close" -> {
                speech.end();
                send(message("session.closed"));
                close(NORMAL);
            }
            default ->
                error("message_invalid", "The message must be a JSON object of the type session.update or session.close");
        }
    }

    @Override
    protected void binary(Buffer message) {
        int size = message.length();
        if (size > largestMessage) {
            tooLarge();
        } else if (video) {
            ExpressionEndpoints.image(message).ifPresentOrElse(
                    image -> measured(message("measurement.result").mergeIn(image)),
                    () -> error("invalid_video_frame", "A frame must be a JPEG image"));
        } else if (size == 0 || size % Short.BYTES != 0 || size > LARGEST_FRAME) {
            error("invalid_audio_frame",
                    "A frame must consist of whole 16-bit samples, at least one, at most " + LARGEST_FRAME + " bytes");
        } else {
            speech.add(message);
        }
    }

    private void measured(JsonObject message) {
        if (events.size() < MOST_EVENTS) {
            events.add(message);
        }
        send(message);
    }

    @Override
    protected void closed() {
        runs.add(id, account, started, JsonObject.of("status", failed ? "errored" : "ended", "endpoint",
                video ? "video" : "audio", "mode", "realtime", "received", JsonObject.of("audio_ms", speech.receivedMillis()),
                "config", config()), events);
    }

    private void update(Object config) {
        Optional<Integer> wanted = config instanceof JsonObject json ? ExpressionEndpoints.timer(json) : Optional.empty();
        if (speech.begun()) {
            fail(POLICY_VIOLATION, "config_invalid", "The session is configured before the first audio");
        } else if (wanted.isEmpty()) {
            fail(POLICY_VIOLATION, "config_invalid", ExpressionEndpoints.CONFIG_RULE);
        } else {
            speech = new SpeechStream(wanted.get(), this::measured);
            send(message("session.updated").put("config", config()));
        }
    }

    private void tooLarge() {
        fail(TOO_LARGE, "message_too_large", "The message is larger than " + largestMessage + " bytes");
    }

    private void fail(int closeCode, String code, String text) {
        failed = true;
        error(code, text);
        close(closeCode);
    }

    private JsonObject config() {
        return JsonObject.of(ExpressionEndpoints.TIMER, speech.timerMillis());
    }

    private JsonObject message(String type) {
        return JsonObject.of("type", type, "session_id", id);
    }

    private void error(String code, String text) {
        send(JsonObject.of("type", "error", "code", code, "message", text));
    }
}
