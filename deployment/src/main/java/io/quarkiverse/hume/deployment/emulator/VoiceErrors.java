package io.quarkiverse.hume.deployment.emulator;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** The voice platform's answer to input it cannot work with. */
final class VoiceErrors {

    private VoiceErrors() {
    }

    /** @param location where the fault is: {@code body} or {@code query}, then names and indexes */
    static RefusedRequest unprocessable(String message, String type, Object... location) {
        JsonObject detail = new JsonObject().put("loc", JsonArray.of(location)).put("msg", message).put("type", type);
        return new RefusedRequest(Answer.json(422, new JsonObject().put("detail", JsonArray.of(detail))));
    }
}
