package io.quarkiverse.hume.deployment.emulator;

import io.quarkiverse.hume.deployment.emulator.CloudRuns.Service;
import io.quarkiverse.hume.deployment.emulator.Multipart.Part;
import io.quarkiverse.hume.deployment.emulator.Recording.Window;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Expression measurement: loud is excited, quiet is calm, high is joyful, low is sad. */
final class ExpressionEndpoints {

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
        Multipart multipart = Multipart.of(request).orElseThrow(() -> refused("body_invalid",
                "The body must be complete multipart/form-data with the part file", null));
        multipart.first("config").ifPresent(ExpressionEndpoints::requireObject);
        Part file = multipart.first("file").orElseThrow(() -> refused("file_missing", "The part file is missing", "/file"));
        Recording recording = new Recording(file.content());
        JsonArray measurements = new JsonArray();
        recording.windows().forEach(window -> measurements.add(measurement(window)));
        JsonObject result = new JsonObject().put("type", "audio").put("size", recording.size())
                .put("duration_seconds", recording.seconds().orElse(null)).put("measurements", measurements);
        return Answer.json(200, runs.add(Service.EXPRESSION, request.account(), result));
    }

    private static JsonObject measurement(Window window) {
        double loud = window.loudness();
        double bright = window.brightness();
        JsonArray expressions = new JsonArray().add(expression("Excitement", loud * (0.5 + bright / 2)))
                .add(expression("Calmness", 1 - loud)).add(expression("Joy", bright * (0.4 + loud * 0.6)))
                .add(expression("Sadness", (1 - bright) * (1 - loud))).add(expression("Interest", (loud + bright) / 2));
        return new JsonObject().put("start", rounded(window.startSeconds())).put("end", rounded(window.endSeconds()))
                .put("expressions", expressions);
    }

    private static JsonObject expression(String name, double score) {
        return new JsonObject().put("name", name).put("score", rounded(score));
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }

    private static void requireObject(Part config) {
        try {
            new JsonObject(Buffer.buffer(config.content()));
        } catch (DecodeException | ClassCastException notAnObject) {
            throw refused("config_invalid", "The part config must be a JSON object", "/config");
        }
    }

    private static RefusedRequest refused(String code, String message, String parameter) {
        return new RefusedRequest(Platform.serviceError(400, code, message, parameter));
    }
}
