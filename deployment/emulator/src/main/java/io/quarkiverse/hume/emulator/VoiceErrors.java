package io.quarkiverse.hume.emulator;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** The voice platform's answer to input it cannot work with. */
final class VoiceErrors {

    private VoiceErrors() {
    }

    /** To a handshake with a key and a token, or with one in the place of the other. */
    static Answer mixedCredentials() {
        return Answer.json(403, new JsonObject().put("code", "mixed_credentials").put("error", "Forbidden").put("message",
                "The handshake needs one credential: a key as api_key, or a token as access_token"));
    }

    /** To a message on a socket, which stays open. */
    static SocketReply notJson(String requestId) {
        return frame("E0100", "payload_not_json", "The message must be a JSON object", requestId);
    }

    /** To a message on a socket, which stays open. */
    static SocketReply invalid(String message, String requestId) {
        return frame("E0101", "payload_invalid", message, requestId);
    }

    private static SocketReply frame(String code, String slug, String message, String requestId) {
        return SocketReply.of(new JsonObject().put("type", "error").put("code", code).put("slug", slug)
                .put("message", message).put("request_id", requestId));
    }

    /** @param location where the fault is: {@code body} or {@code query}, then names and indexes */
    static RefusedRequest unprocessable(String message, String type, Object... location) {
        JsonObject detail = new JsonObject().put("loc", JsonArray.of(location)).put("msg", message).put("type", type);
        return new RefusedRequest(Answer.json(422, new JsonObject().put("detail", JsonArray.of(detail))));
    }
}
