package io.quarkiverse.hume.emulator;

import java.time.Instant;

import io.quarkiverse.hume.emulator.http.ReceivedRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * A request of the data plane as it arrived, complete with its credentials: this is a test tool, and its keys are valid
 * nowhere else. Only the status is added later; it is visible before the client can see the answer.
 */
final class RecordedRequest {

    private static final int LONGEST_BODY = 4096;

    private final String path;
    private final JsonObject json;
    private volatile int status;

    /** @param bodySize also of a body that was too large to be kept */
    RecordedRequest(long sequence, ReceivedRequest request, PresentedCredential credential, Instant receivedAt,
            long bodySize) {
        JsonObject headers = new JsonObject();
        request.headers().names().forEach(name -> headers.put(name, new JsonArray(request.headers().getAll(name))));
        this.path = request.path();
        this.json = JsonObject.of("sequence", sequence, "method", request.method(), "path", path, "query", request.query(),
                "account", credential.account(), "credential", credential.kind().label())
                .put("received_at", receivedAt.toString()).put("headers", headers).put("body_size", bodySize)
                .put("body", readableBody(request));
    }

    public void answered(int answeredStatus) {
        status = answeredStatus;
    }

    String path() {
        return path;
    }

    JsonObject toJson() {
        // Null while the request hangs or when the connection was closed without an answer.
        return json.copy().put("status", status == 0 ? null : (Object) status);
    }

    /** Null if the body is not text, or not of a kind that is of interest. */
    private static String readableBody(ReceivedRequest request) {
        if (!request.path().equals(TokenEndpoint.PATH) && !request.mediaType().equals("application/json")) {
            return null;
        }
        // No character takes more than four bytes, so that much is enough and the rest need not be decoded.
        String start = request.body().getString(0, Math.min(request.body().length(), 4 * LONGEST_BODY));
        return start.substring(0, Math.min(start.length(), LONGEST_BODY));
    }
}
