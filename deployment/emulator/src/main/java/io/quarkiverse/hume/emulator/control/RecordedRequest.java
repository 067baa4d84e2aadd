package io.quarkiverse.hume.emulator.control;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

import io.quarkiverse.hume.emulator.credential.PresentedCredential;
import io.quarkiverse.hume.emulator.credential.TokenEndpoint;
import io.quarkiverse.hume.emulator.http.ReceivedRequest;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * A request of the data plane as it arrived, complete with its credentials: this is a test tool, and its keys open nothing.
 * Only the status is added later; it is visible before the client can see the answer.
 */
public final class RecordedRequest {

    private static final int LONGEST_BODY = 4096;

    private final long sequence;
    private final ReceivedRequest request;
    private final PresentedCredential credential;
    private final Instant receivedAt;
    private final long bodySize;
    private final String body;
    private final AtomicInteger status = new AtomicInteger();

    /** @param bodySize also of a body that was too large to be kept */
    public RecordedRequest(long sequence, ReceivedRequest request, PresentedCredential credential, Instant receivedAt,
            long bodySize) {
        this.sequence = sequence;
        // Without the body: the record would otherwise keep every recording that was ever sent.
        this.request = request.with(Buffer.buffer());
        this.credential = credential;
        this.receivedAt = receivedAt;
        this.bodySize = bodySize;
        this.body = readableBody(request);
    }

    public void answered(int answeredStatus) {
        status.set(answeredStatus);
    }

    String path() {
        return request.path();
    }

    JsonObject toJson() {
        JsonObject headers = new JsonObject();
        request.headers().names().forEach(name -> headers.put(name, new JsonArray(request.headers().getAll(name))));
        return new JsonObject().put("sequence", sequence).put("method", request.method()).put("path", request.path())
                .put("query", request.query()).put("account", credential.account())
                .put("credential", credential.kind().label())
                // Null while the request hangs or when the connection was closed without an answer.
                .put("status", status.get() == 0 ? null : status.get())
                .put("received_at", receivedAt.toString()).put("headers", headers).put("body_size", bodySize)
                .put("body", body);
    }

    private static String readableBody(ReceivedRequest request) {
        boolean readable = request.path().equals(TokenEndpoint.PATH) || request.mediaType().equals("application/json");
        if (!readable) {
            return null;
        }
        // No character takes more than four bytes, so that much is enough and the rest need not be decoded.
        String start = request.body().getString(0, Math.min(request.body().length(), 4 * LONGEST_BODY));
        return start.substring(0, Math.min(start.length(), LONGEST_BODY));
    }
}
