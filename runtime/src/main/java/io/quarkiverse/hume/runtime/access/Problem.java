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

    /** The body of the answer. */
    public String json() {
        return new JsonObject().put("type", "about:blank").put("title", title).put("status", status).put("detail", detail)
                .encode();
    }

    public void answer(HttpServerResponse response) {
        response.setStatusCode(status).putHeader("Content-Type", MEDIA_TYPE).end(json());
    }

    /** @param wait after which another request may succeed */
    public void answer(HttpServerResponse response, Duration wait) {
        // Whole seconds, rounded up, so that no caller comes back too early.
        response.putHeader("Retry-After", Long.toString(Math.max(1, wait.plusSeconds(1).minusNanos(1).toSeconds())));
        answer(response);
    }

    /** For every answer of an endpoint whose answers belong to one user, also those that the HTTP layer writes. */
    public static void neverStored(HttpServerResponse response) {
        response.putHeader("Cache-Control", "no-store").putHeader("Pragma", "no-cache");
    }
}
