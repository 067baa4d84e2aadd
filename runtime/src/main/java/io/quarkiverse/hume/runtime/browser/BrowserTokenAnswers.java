package io.quarkiverse.hume.runtime.browser;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import io.quarkiverse.hume.AccessToken;
import io.quarkiverse.hume.HumeAuthenticationException;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;

/** What the endpoint writes: a token as RFC 6749 section 5.1 has it, or a problem as RFC 9457 has it. */
final class BrowserTokenAnswers {

    static final String ALLOWED = "GET, POST";

    /** When nothing says how long the next attempt has to wait. */
    private static final Duration SHORT_WHILE = Duration.ofSeconds(1);

    private final InstantSource clock;

    BrowserTokenAnswers(InstantSource clock) {
        this.clock = clock;
    }

    /** For every answer, also those that others write. */
    static void neverStored(HttpServerResponse response) {
        response.putHeader("Cache-Control", "no-store").putHeader("Pragma", "no-cache");
    }

    void token(HttpServerResponse response, AccessToken token) {
        JsonObject body = new JsonObject()
                .put("access_token", token.value())
                .put("token_type", "Bearer")
                .put("expires_in", Math.max(0, Duration.between(clock.instant(), token.expiresAt()).toSeconds()));
        response.putHeader("Content-Type", "application/json").end(body.toBuffer());
    }

    void methodNotAllowed(HttpServerResponse response) {
        response.putHeader("Allow", ALLOWED);
        problem(response, 405, "Method Not Allowed", "Ask with GET or POST.");
    }

    void tooMany(HttpServerResponse response, Duration wait) {
        retryAfter(response, wait);
        problem(response, 429, "Too Many Requests", "Too many access tokens were asked for within a minute.");
    }

    /** Why is for the log of the application, not for the browser. */
    void unavailable(HttpServerResponse response, HumeAuthenticationException failure) {
        Instant now = clock.instant();
        retryAfter(response, failure.retryAt().map(at -> Duration.between(now, at)).orElse(SHORT_WHILE));
        problem(response, 503, "Service Unavailable", "No access token can be had at the moment.");
    }

    /** Whole seconds, rounded up, so that nobody comes back too early. */
    private static void retryAfter(HttpServerResponse response, Duration wait) {
        response.putHeader("Retry-After", Long.toString(Math.max(1, wait.plusSeconds(1).minusNanos(1).toSeconds())));
    }

    private static void problem(HttpServerResponse response, int status, String title, String detail) {
        JsonObject body = new JsonObject().put("type", "about:blank").put("title", title).put("status", status)
                .put("detail", detail);
        response.setStatusCode(status).putHeader("Content-Type", "application/problem+json").end(body.toBuffer());
    }
}
