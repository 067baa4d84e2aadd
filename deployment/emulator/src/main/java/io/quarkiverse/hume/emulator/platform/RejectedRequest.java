package io.quarkiverse.hume.emulator.platform;

import java.util.UUID;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Thrown by an endpoint that rejects the request, which is then answered with {@link #answer()}. */
public final class RejectedRequest extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final transient Answer answer;

    private RejectedRequest(int status, String message, JsonObject body) {
        super(message);
        this.answer = Answer.json(status, body);
    }

    /** A call of the control API that is not valid. */
    public static RejectedRequest control(String message) {
        return new RejectedRequest(400, message, JsonObject.of("error", message));
    }

    /** Input that the voice platform rejects. */
    public static RejectedRequest voice(int status, String code, String message) {
        return new RejectedRequest(status, message, JsonObject.of("code", code, "error", code, "message", message));
    }

    /** What the request names does not exist on the voice platform. */
    static RejectedRequest notFound(String kind, String id) {
        return voice(404, "not_found", "There is no " + kind + " " + id);
    }

    /** @param location of the error: {@code body} or {@code query}, then names and indexes */
    static RejectedRequest unprocessable(String message, Object... location) {
        return new RejectedRequest(422, message, JsonObject.of("detail",
                JsonArray.of(JsonObject.of("loc", JsonArray.of(location), "msg", message, "type", "value_error"))));
    }

    /** Input that a cloud service rejects, as {@link #cloud(int, String, String, String)} with the status 400. */
    public static RejectedRequest cloud(String code, String message, String parameter) {
        return cloud(400, code, message, parameter);
    }

    /** @param parameter a JSON pointer into the request, or the name of a part or query parameter; may be null */
    public static RejectedRequest cloud(int status, String code, String message, String parameter) {
        JsonObject body = JsonObject.of("type", "error", "code", code, "message", message, "request_id", newRequestId());
        return new RejectedRequest(status, message, parameter == null ? body : body.put("param", parameter));
    }

    public static String newRequestId() {
        return "req_" + UUID.randomUUID().toString().replace("-", "");
    }

    public Answer answer() {
        return answer;
    }

    /** Does nothing, because the stack trace is never printed. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
