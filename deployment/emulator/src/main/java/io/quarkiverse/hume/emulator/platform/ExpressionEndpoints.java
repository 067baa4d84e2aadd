package io.quarkiverse.hume.emulator.platform;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import io.quarkiverse.hume.emulator.platform.ReceivedRequest.Part;
import io.quarkiverse.hume.emulator.sound.Recording;
import io.quarkiverse.hume.emulator.sound.SpeechStream;
import io.quarkiverse.hume.emulator.sound.WaveAudio;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Expression measurement: of recorded speech, and of live speech and images. */
public record ExpressionEndpoints(CloudRuns runs) {

    private static final String TIMER = "measurement_timer_ms";
    private static final int SHORTEST_TIMER = 3_000;
    private static final int LONGEST_TIMER = 10_000;
    private static final String CONFIG_RULE = "The config has no field but " + TIMER + ", a whole number from " + SHORTEST_TIMER
            + " to " + LONGEST_TIMER;

    public ExpressionEndpoints(InstantSource clock) {
        this(new CloudRuns(clock, Map.of("status", List.of("live", "ended", "errored"), "mode", List.of("realtime", "file"),
                "endpoint", List.of("audio", "video"))));
    }

    public void register(RouteTable<Answer> routes, RouteTable<SocketSession> sockets) {
        routes.add("POST", "/v1/expression/audio/file", "measures speech", request -> measure(request, "audio"))
                .add("POST", "/v1/expression/video/file", "measures an image", request -> measure(request, "video"))
                .add("GET", "/v1/expression/run", "lists past runs", runs::list)
                .add("GET", "/v1/expression/run/{run_id}", "reads a run", runs::one)
                .add("GET", "/v1/expression/run/{run_id}/events", "lists the measurements of a run", runs::events);
        sockets.add(RouteTable.SOCKET, "/v1/expression/audio/realtime", "measures speech while it is spoken",
                request -> new Session(runs, request.account(), false))
                .add(RouteTable.SOCKET, "/v1/expression/video/realtime", "measures images",
                        request -> new Session(runs, request.account(), true));
    }

    private Answer measure(ReceivedRequest request, String endpoint) {
        Instant started = runs.now();
        List<Part> parts = CloudRuns.upload(request, false);
        int timer = Part.first(parts, "config").map(part -> JsonInput.parse(part.content()).flatMap(ExpressionEndpoints::timer)
                .orElseThrow(() -> RejectedRequest.cloud("config_invalid", CONFIG_RULE, null))).orElse(SHORTEST_TIMER);
        Buffer file = Part.first(parts, "file").map(Part::content).orElseThrow();
        boolean video = endpoint.equals("video");
        JsonArray measured = video ? JsonArray.of(image(file).orElseThrow(
                () -> RejectedRequest.cloud("video_format_unsupported", "The file must be a JPEG image", null)))
                : SpeechStream.utterances(samples(file), timer);
        String id = UUID.randomUUID().toString();
        runs.add(id, request.account(), started, JsonObject.of("endpoint", endpoint, "mode", "file",
                "received", JsonObject.of("file_bytes", file.length()), "config", JsonObject.of(TIMER, timer)), measured);
        return Answer.ok(JsonObject.of("run_id", id, video ? "frames" : "utterances", measured));
    }

    /** The measurement of an image, which does not depend on what the image shows; empty if it is no image. */
    private static Optional<JsonObject> image(Buffer file) {
        return Optional.of(new Recording(file)).filter(Recording::jpeg)
                .map(image -> JsonObject.of("expressions", Recording.scores(Map.of("joy", image.fraction("joy"), "interest",
                        image.fraction("interest"), "neutral", image.fraction("neutral")))));
    }

    /** Hume accepts one format only, with or without the header of a WAV file. */
    private static Buffer samples(Buffer file) {
        byte[] bytes = file.getBytes();
        Optional<Buffer> samples = WaveAudio.recognizes(bytes)
                ? WaveAudio.decode(bytes).filter(wave -> wave.sampleRate() == SpeechStream.SAMPLE_RATE && wave.channels() == 1)
                        .map(WaveAudio::samples)
                : Optional.of(file).filter(plain -> bytes.length % Short.BYTES == 0);
        return samples.orElseThrow(() -> RejectedRequest.cloud("audio_format_unsupported",
                "The audio must be 16-bit PCM of 16 kHz, mono", null));
    }

    /** The milliseconds between two measurements; empty if the configuration is not valid. */
    private static Optional<Integer> timer(JsonObject config) {
        boolean known = config.size() == (config.containsKey(TIMER) ? 1 : 0);
        return known && config.getValue(TIMER, SHORTEST_TIMER) instanceof Integer millis
                && millis >= SHORTEST_TIMER && millis <= LONGEST_TIMER ? Optional.of(millis) : Optional.empty();
    }

    /** Expression measurement of live speech or images. There is no rate limit. */
    private static final class Session extends SocketSession {

        private static final int MOST_EVENTS = 1_000;
        private static final int LARGEST_FRAME = 10 * SpeechStream.SAMPLE_RATE * Short.BYTES;

        private final CloudRuns runs;
        private final String account;
        private final boolean video;
        private final int largestMessage;
        private final JsonArray events = new JsonArray();
        private final String id = UUID.randomUUID().toString();
        private final Instant started;
        private SpeechStream speech = new SpeechStream(SHORTEST_TIMER, this::measured);
        private boolean failed;

        Session(CloudRuns runs, String account, boolean video) {
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
                image(message).ifPresentOrElse(image -> measured(message("measurement.result").mergeIn(image)),
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
                    video ? "video" : "audio", "mode", "realtime", "received",
                    JsonObject.of("audio_ms", speech.receivedMillis()), "config", config()), events);
        }

        private void update(Object config) {
            Optional<Integer> wanted = config instanceof JsonObject json ? timer(json) : Optional.empty();
            if (speech.begun()) {
                fail(POLICY_VIOLATION, "config_invalid", "The session is configured before the first audio");
            } else if (wanted.isEmpty()) {
                fail(POLICY_VIOLATION, "config_invalid", CONFIG_RULE);
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
            return JsonObject.of(TIMER, speech.timerMillis());
        }

        private JsonObject message(String type) {
            return JsonObject.of("type", type, "session_id", id);
        }

        private void error(String code, String text) {
            send(JsonObject.of("type", "error", "code", code, "message", text));
        }
    }
}
