package io.quarkiverse.hume.emulator.cloud;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

import io.quarkiverse.hume.emulator.cloud.CloudRuns.Service;
import io.quarkiverse.hume.emulator.http.JsonInput;
import io.quarkiverse.hume.emulator.socket.SocketReply;
import io.quarkiverse.hume.emulator.socket.SocketSession;
import io.quarkiverse.hume.emulator.sound.SpeechStream;
import io.quarkiverse.hume.emulator.sound.WaveAudio;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Expression Measurement of speech or images as they come in. However fast that is: no rate limit is emulated. */
final class ExpressionSession implements SocketSession {

    private static final int MOST_EVENTS = 1_000;
    private static final int LARGEST_FRAME = 10 * ExpressionEndpoints.SAMPLE_RATE * Short.BYTES;

    private final CloudRuns runs;
    private final String account;
    private final boolean video;
    private final int largestMessage;
    private final JsonArray events = new JsonArray();
    private final String id = UUID.randomUUID().toString();
    private final Instant started;
    private int timer = ExpressionEndpoints.SHORTEST_TIMER;
    private SpeechStream speech;
    private boolean failed;

    ExpressionSession(CloudRuns runs, String account, boolean video) {
        this.runs = runs;
        this.account = account;
        this.video = video;
        this.largestMessage = video ? 2_000_000 : 1 << 20;
        this.started = runs.now();
    }

    @Override
    public SocketReply opened(Consumer<SocketReply> later) {
        return SocketReply.of(message("session.created").put("config", config()));
    }

    @Override
    public SocketReply text(String message) {
        if (message.getBytes(StandardCharsets.UTF_8).length > largestMessage) {
            return tooLarge();
        }
        Optional<JsonObject> object = JsonInput.parse(Buffer.buffer(message));
        if (object.isEmpty()) {
            return error("message_invalid", "The message must be a JSON object");
        }
        String type = String.valueOf(object.get().getValue("type"));
        return switch (type) {
            case "session.update" -> update(object.get().getValue("config"));
            case "session.close" -> close();
            default -> error("message_invalid", "There is no message of the type " + type);
        };
    }

    @Override
    public SocketReply binary(Buffer message) {
        int size = message.length();
        if (size > largestMessage) {
            return tooLarge();
        }
        if (video) {
            return ExpressionEndpoints.image(message)
                    .map(measured -> measured(List.of(message("measurement.result").mergeIn(measured))))
                    .orElseGet(() -> error("invalid_video_frame", "A frame must be a JPEG image"));
        }
        if (size == 0 || size % Short.BYTES != 0 || size > LARGEST_FRAME) {
            return error("invalid_audio_frame",
                    "A frame must consist of whole 16-bit samples, at least one, at most " + LARGEST_FRAME + " bytes");
        }
        if (speech == null) {
            speech = new SpeechStream(ExpressionEndpoints.SAMPLE_RATE, timer);
        }
        return measured(speech.add(WaveAudio.ofSamples(ExpressionEndpoints.SAMPLE_RATE, message.getBytes()).samples()));
    }

    private SocketReply measured(List<JsonObject> messages) {
        messages.stream().limit(MOST_EVENTS - events.size()).forEach(events::add);
        return SocketReply.of(messages);
    }

    @Override
    public void closed() {
        long received = speech == null ? 0 : speech.receivedMillis();
        runs.add(id, Service.EXPRESSION, account, started, JsonObject.of("status", failed ? "errored" : "ended", "endpoint",
                video ? "video" : "audio", "mode", "realtime", "received", JsonObject.of("audio_ms", received), "config",
                config()), events);
    }

    private SocketReply update(Object config) {
        Optional<Integer> wanted = config instanceof JsonObject json ? ExpressionEndpoints.timer(json) : Optional.empty();
        if (speech != null || wanted.isEmpty()) {
            return fail(SocketReply.POLICY_VIOLATION, "config_invalid", speech == null ? ExpressionEndpoints.CONFIG_RULE
                    : "The session is configured before the first audio");
        }
        timer = wanted.get();
        return SocketReply.of(message("session.updated").put("config", config()));
    }

    private SocketReply close() {
        List<JsonObject> frames = new ArrayList<>(speech == null ? List.of() : measured(speech.end()).frames());
        frames.add(message("session.closed"));
        return SocketReply.of(frames).thenClose(SocketReply.NORMAL);
    }

    private SocketReply tooLarge() {
        return fail(SocketReply.TOO_LARGE, "message_too_large", "The message is larger than " + largestMessage + " bytes");
    }

    private SocketReply fail(int closeCode, String code, String text) {
        failed = true;
        return error(code, text).thenClose(closeCode);
    }

    private JsonObject config() {
        return JsonObject.of(ExpressionEndpoints.TIMER, timer);
    }

    private JsonObject message(String type) {
        return JsonObject.of("type", type, "session_id", id);
    }

    private static SocketReply error(String code, String text) {
        return SocketReply.of(JsonObject.of("type", "error", "code", code, "message", text));
    }
}
