package io.quarkiverse.hume.emulator;

import java.time.Instant;

import io.quarkiverse.hume.emulator.platform.ReceivedRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * A request for Hume as it arrived. The credentials are not masked, because only the emulator accepts them. The status is
 * added later, before the client gets the answer.
 */
final class RecordedRequest {

    private static final int LONGEST_BODY = 4096;

    private final JsonObject json;
    private volatile int status;

    /** @param bodySize also of a body that was too large to be stored */
    RecordedRequest(long sequence, ReceivedRequest request, PresentedCredential credential, Instant receivedAt, long bodySize) {
        JsonObject headers = new JsonObject();
        request.headers().names().forEach(name -> headers.put(name, new JsonArray(request.headers().getAll(name))));
        this.json = JsonObject.of("sequence", sequence, "method", request.method(), "path", request.path(), "query",
                request.query(), "account", credential.account(), "credential", credential.kind().label())
                .put("received_at", receivedAt.toString()).put("headers", headers).put("body_size", bodySize)
                .put("body", readableBody(request));
    }

    public void answered(int answeredStatus) {
        status = answeredStatus;
    }

    String path() {
        return json.getString("path");
    }

    JsonObject toJson() {
        // Null if there is no answer: the request is still open, or its connection was closed.
        return json.copy().put("status", status == 0 ? null : (Object) status);
    }

    /** Null unless it is a token request or JSON. */
    private static String readableBody(ReceivedRequest request) {
        if (!request.path().equals(TokenEndpoint.PATH) && !request.mediaType().equals("application/json")) {
            return null;
        }
        // A character has at most four bytes, so the rest of the body need not be decoded.
        String start = request.body().getString(0, Math.min(request.body().length(), 4 * LONGEST_BODY));
        return start.substring(0, Math.min(start.length(), LONGEST_BODY));
    }
}
