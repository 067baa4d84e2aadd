package io.quarkiverse.hume.emulator.socket;

import java.util.List;

import io.vertx.core.json.JsonObject;

/**
 * What is sent on a socket.
 *
 * @param closeCode the code to close the socket with after the last frame; 0 to leave it open
 */
public record SocketReply(List<JsonObject> frames, int closeCode) {

    public static final int NORMAL = 1000;
    public static final int GOING_AWAY = 1001;
    public static final int POLICY_VIOLATION = 1008;
    public static final int TOO_LARGE = 1009;
    public static final int INTERNAL_ERROR = 1011;

    public static SocketReply of(JsonObject... frames) {
        return new SocketReply(List.of(frames), 0);
    }

    public static SocketReply of(List<JsonObject> frames) {
        return new SocketReply(List.copyOf(frames), 0);
    }

    /** The voice platform's answer to a message it cannot read; the socket stays open. */
    public static SocketReply notJson(String requestId) {
        return error("E0100", "payload_not_json", "The message must be a JSON object", requestId);
    }

    /** The voice platform's answer to a message it cannot work with; the socket stays open. */
    public static SocketReply invalid(String message, String requestId) {
        return error("E0101", "payload_invalid", message, requestId);
    }

    public static SocketReply error(String code, String slug, String message, String requestId) {
        return of(new JsonObject().put("type", "error").put("code", code).put("slug", slug).put("message", message)
                .put("request_id", requestId));
    }

    public SocketReply thenClose(int code) {
        return new SocketReply(frames, code);
    }
}
