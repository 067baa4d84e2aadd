package io.quarkiverse.hume.emulator.http;

import java.util.UUID;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Ends the work of an endpoint early: the request is refused with {@link #answer()}. */
public final class RefusedRequest extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final transient Answer answer;

    public RefusedRequest(String message, Answer answer) {
        super(message);
        this.answer = answer;
    }

    /** A call of the control API that cannot be obeyed. */
    public static RefusedRequest control(String message) {
        return new RefusedRequest(message, Answer.json(400, new JsonObject().put("error", message)));
    }

    /** Input that the voice platform cannot work with. */
    public static RefusedRequest voice(int status, String code, String message) {
        return new RefusedRequest(message, voiceError(status, code, message));
    }

    /** @param location where the fault is: {@code body} or {@code query}, then names and indexes */
    public static RefusedRequest unprocessable(String message, Object... location) {
        JsonObject detail = new JsonObject().put("loc", JsonArray.of(location)).put("msg", message).put("type", "value_error");
        return new RefusedRequest(message, Answer.json(422, new JsonObject().put("detail", JsonArray.of(detail))));
    }

    /**
     * Input that a cloud service cannot work with.
     *
     * @param parameter a JSON pointer into the request, or the name of a part or query parameter; may be null
     */
    public static RefusedRequest cloud(int status, String code, String message, String parameter) {
        JsonObject body = new JsonObject().put("type", "error").put("code", code).put("message", message);
        if (parameter != null) {
            body.put("param", parameter);
        }
        return new RefusedRequest(message, Answer.json(status, body.put("request_id", newRequestId())));
    }

    public static Answer voiceError(int status, String code, String message) {
        return Answer.json(status, new JsonObject().put("code", code).put("error", code).put("message", message));
    }

    public static String newRequestId() {
        return "req_" + UUID.randomUUID().toString().replace("-", "");
    }

    public Answer answer() {
        return answer;
    }

    /** Control flow: a stack trace would have no reader. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
