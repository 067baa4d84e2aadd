package io.quarkiverse.hume.emulator.cloud;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import io.quarkiverse.hume.emulator.http.Answer;
import io.quarkiverse.hume.emulator.http.FormPart;
import io.quarkiverse.hume.emulator.http.JsonInput;
import io.quarkiverse.hume.emulator.http.ReceivedRequest;
import io.quarkiverse.hume.emulator.http.RejectedRequest;
import io.quarkiverse.hume.emulator.http.RouteTable;
import io.quarkiverse.hume.emulator.http.SocketSession;
import io.quarkiverse.hume.emulator.sound.WaveAudio;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Expression measurement: of recorded speech, and of live speech and images. */
public record ExpressionEndpoints(CloudRuns runs) {

    static final String TIMER = "measurement_timer_ms";
    static final int SHORTEST_TIMER = 3_000;
    private static final int LONGEST_TIMER = 10_000;
    static final String CONFIG_RULE = "The config has no field but " + TIMER + ", a whole number from " + SHORTEST_TIMER
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
                request -> new ExpressionSession(runs, request.account(), false))
                .add(RouteTable.SOCKET, "/v1/expression/video/realtime", "measures images",
                        request -> new ExpressionSession(runs, request.account(), true));
    }

    private Answer measure(ReceivedRequest request, String endpoint) {
        Instant started = runs.now();
        List<FormPart> parts = CloudRuns.upload(request, false);
        int timer = FormPart.first(parts, "config").map(ExpressionEndpoints::timer).orElse(SHORTEST_TIMER);
        Buffer file = FormPart.first(parts, "file").map(FormPart::content).orElseThrow();
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
    static Optional<JsonObject> image(Buffer file) {
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

    private static int timer(FormPart part) {
        return JsonInput.parse(part.content()).flatMap(ExpressionEndpoints::timer)
                .orElseThrow(() -> RejectedRequest.cloud("config_invalid", CONFIG_RULE, null));
    }

    /** The milliseconds between two measurements; empty if the configuration is not valid. */
    static Optional<Integer> timer(JsonObject config) {
        boolean known = config.size() == (config.containsKey(TIMER) ? 1 : 0);
        return known && config.getValue(TIMER, SHORTEST_TIMER) instanceof Integer millis
                && millis >= SHORTEST_TIMER && millis <= LONGEST_TIMER ? Optional.of(millis) : Optional.empty();
    }
}
