package io.quarkiverse.hume.runtime.access;

import java.time.Duration;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;

/**
 * The reason why an endpoint of the extension rejects a request, as problem details (RFC 9457). The sender of the request
 * reads it, so it contains no internal information.
 */
public record Problem(int status, String title, String detail) {

    public static final String MEDIA_TYPE = "application/problem+json";

    /** The body of the response. */
    public String json() {
        return new JsonObject().put("type", "about:blank").put("title", title).put("status", status).put("detail", detail)
                .encode();
    }

    public void answer(HttpServerResponse response) {
        response.setStatusCode(status).putHeader("Content-Type", MEDIA_TYPE).end(json());
    }

    /** @param wait the time after which another request may succeed */
    public void answer(HttpServerResponse response, Duration wait) {
        // Rounded up to whole seconds, so that no caller retries too early.
        response.putHeader("Retry-After", Long.toString(Math.max(1, wait.plusSeconds(1).minusNanos(1).toSeconds())));
        answer(response);
    }

    /**
     * Prevents caches from storing the response. Used for endpoints whose responses belong to one user; because the headers are
     * set before anything else, responses that the HTTP layer writes have them, too.
     */
    public static void neverStored(HttpServerResponse response) {
        response.putHeader("Cache-Control", "no-store").putHeader("Pragma", "no-cache");
    }
}
