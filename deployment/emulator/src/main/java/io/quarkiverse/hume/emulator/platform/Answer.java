package io.quarkiverse.hume.emulator.platform;

import java.util.LinkedHashMap;
import java.util.Map;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/** A complete HTTP answer. */
public record Answer(int status, Map<String, String> headers, Buffer body) {

    /** Success without a body. */
    public static final Answer EMPTY = new Answer(200, Map.of(), Buffer.buffer());

    public static Answer ok(JsonObject body) {
        return json(200, body);
    }

    public static Answer json(int status, JsonObject body) {
        return of(status, "application/json", body.toBuffer());
    }

    public static Answer of(int status, String contentType, Buffer body) {
        return new Answer(status, Map.of("Content-Type", contentType), body);
    }

    public Answer with(String header, String value) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(header, value);
        return new Answer(status, all, body);
    }
}
