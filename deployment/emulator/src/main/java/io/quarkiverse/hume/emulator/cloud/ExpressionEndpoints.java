package io.quarkiverse.hume.emulator.cloud;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

import io.quarkiverse.hume.emulator.cloud.CloudRuns.Service;
import io.quarkiverse.hume.emulator.http.Answer;
import io.quarkiverse.hume.emulator.http.JsonInput;
import io.quarkiverse.hume.emulator.http.Multipart;
import io.quarkiverse.hume.emulator.http.Multipart.Part;
import io.quarkiverse.hume.emulator.http.ReceivedRequest;
import io.quarkiverse.hume.emulator.http.RefusedRequest;
import io.quarkiverse.hume.emulator.http.RouteTable;
import io.quarkiverse.hume.emulator.sound.Recording;
import io.quarkiverse.hume.emulator.sound.SpeechStream;
import io.quarkiverse.hume.emulator.sound.WaveAudio;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Expression Measurement of recorded speech. */
final class ExpressionEndpoints {

    static final String TIMER = "measurement_timer_ms";
    static final int SHORTEST_TIMER = 3_000;
    private static final int LONGEST_TIMER = 10_000;
    static final int SAMPLE_RATE = 16_000;
    static final String CONFIG_RULE = "The config has no field but " + TIMER + ", a whole number from " + SHORTEST_TIMER
            + " to " + LONGEST_TIMER;

    private final CloudRuns runs;

    ExpressionEndpoints(CloudRuns runs) {
        this.runs = runs;
    }

    void register(RouteTable<Function<ReceivedRequest, Answer>> routes) {
        routes.add("POST", "/v1/expression/audio/file", "measures speech", request -> measure(request, "audio"))
                .add("POST", "/v1/expression/video/file", "measures an image", request -> measure(request, "video"))
                .add("GET", "/v1/expression/run", "lists past runs", request -> runs.list(Service.EXPRESSION, request))
                .add("GET", "/v1/expression/run/{run_id}", "reads a run", request -> runs.one(Service.EXPRESSION, request))
                .add("GET", "/v1/expression/run/{run_id}/events", "what was measured in a run",
                        request -> runs.events(Service.EXPRESSION, request));
    }

    private Answer measure(ReceivedRequest request, String endpoint) {
        Instant started = runs.now();
        Multipart multipart = CloudRuns.upload(request, false);
        int timer = multipart.first("config").map(ExpressionEndpoints::timer).orElse(SHORTEST_TIMER);
        byte[] file = multipart.first("file").orElseThrow().content();
        boolean video = endpoint.equals("video");
        JsonArray measured = video ? JsonArray.of(image(file).orElseThrow(() -> RefusedRequest.cloud(400,
                "video_format_unsupported", "The file must be a JPEG image", null)))
                : SpeechStream.utterances(audio(file), timer);
        String id = UUID.randomUUID().toString();
        runs.add(id, Service.EXPRESSION, request.account(), started,
                new JsonObject().put("endpoint", endpoint).put("mode", "file")
                        .put("received", new JsonObject().put("file_bytes", file.length))
                        .put("config", new JsonObject().put(TIMER, timer)),
                measured);
        return Answer.json(200, new JsonObject().put("run_id", id).put(video ? "frames" : "utterances", measured));
    }

    /** The measurement of an image, of which the emulator understands nothing; empty if it is none. */
    static Optional<JsonObject> image(byte[] file) {
        Recording image = new Recording(file);
        return file.length < 3 || (file[0] & 0xff) != 0xff || (file[1] & 0xff) != 0xd8 ? Optional.empty()
                : Optional.of(new JsonObject().put("expressions", new JsonArray(Stream.of("joy", "interest", "neutral")
                        .map(name -> new JsonObject().put("name", name)
                                .put("probability", Math.round(image.fraction(name) * 10_000) / 10_000.0))
                        .toList())));
    }

    /** Hume takes one format only, with or without the header of a WAV file. */
    private static WaveAudio audio(byte[] file) {
        if (WaveAudio.recognizes(file)) {
            return WaveAudio.decode(file).filter(wave -> wave.sampleRate() == SAMPLE_RATE && wave.channels() == 1)
                    .orElseThrow(ExpressionEndpoints::unsupported);
        }
        if (file.length % 2 != 0) {
            throw unsupported();
        }
        return WaveAudio.ofSamples(SAMPLE_RATE, file);
    }

    private static RefusedRequest unsupported() {
        return RefusedRequest.cloud(400, "audio_format_unsupported", "The audio must be 16-bit PCM of 16 kHz, mono", null);
    }

    private static int timer(Part part) {
        return JsonInput.parse(part.buffer()).flatMap(ExpressionEndpoints::timer)
                .orElseThrow(() -> RefusedRequest.cloud(400, "config_invalid", CONFIG_RULE, null));
    }

    /** Milliseconds between two measurements; empty if the configuration is not a valid one. */
    static Optional<Integer> timer(JsonObject config) {
        boolean known = config.size() == (config.containsKey(TIMER) ? 1 : 0);
        return known && config.getValue(TIMER, SHORTEST_TIMER) instanceof Integer millis
                && millis >= SHORTEST_TIMER && millis <= LONGEST_TIMER ? Optional.of(millis) : Optional.empty();
    }
}
