package io.quarkiverse.hume.emulator;

import java.time.Instant;
import java.util.Optional;

import io.quarkiverse.hume.emulator.CloudRuns.Service;
import io.quarkiverse.hume.emulator.Multipart.Part;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
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

    void register(RouteTable routes) {
        routes.add("POST", "/v1/expression/audio/file", this::measure)
                .add("GET", "/v1/expression/run", request -> runs.list(Service.EXPRESSION, request))
                .add("GET", "/v1/expression/run/{run_id}", request -> runs.one(Service.EXPRESSION, request));
    }

    private Answer measure(ReceivedRequest request) {
        Instant started = runs.now();
        Multipart multipart = CloudErrors.upload(request, false);
        int timer = multipart.first("config").map(ExpressionEndpoints::timer).orElse(SHORTEST_TIMER);
        byte[] file = multipart.first("file").orElseThrow().content();
        JsonArray utterances = new ExpressionMeter(audio(file), timer).utterances();
        String id = runs.add(Service.EXPRESSION, request.account(), started,
                new JsonObject().put("endpoint", "audio").put("mode", "file")
                        .put("received", new JsonObject().put("file_bytes", file.length))
                        .put("config", new JsonObject().put(TIMER, timer)));
        return Answer.json(200, new JsonObject().put("run_id", id).put("utterances", utterances));
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
        return CloudErrors.refused("audio_format_unsupported", "The audio must be 16-bit PCM of 16 kHz, mono", null);
    }

    private static int timer(Part part) {
        JsonObject config;
        try {
            config = new JsonObject(Buffer.buffer(part.content()));
        } catch (DecodeException | ClassCastException notAnObject) {
            throw CloudErrors.refused("config_invalid", "The part config must be a JSON object", null);
        }
        return timer(config).orElseThrow(() -> CloudErrors.refused("config_invalid", CONFIG_RULE, null));
    }

    /** Milliseconds between two measurements; empty if the configuration is not a valid one. */
    static Optional<Integer> timer(JsonObject config) {
        boolean known = config.size() == (config.containsKey(TIMER) ? 1 : 0);
        return known && config.getValue(TIMER, SHORTEST_TIMER) instanceof Integer millis
                && millis >= SHORTEST_TIMER && millis <= LONGEST_TIMER ? Optional.of(millis) : Optional.empty();
    }
}
