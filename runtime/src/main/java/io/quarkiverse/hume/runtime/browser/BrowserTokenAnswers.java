package io.quarkiverse.hume.runtime.browser;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import io.quarkiverse.hume.AccessToken;
import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.runtime.access.Problem;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;

/** Writes the responses of the endpoint: a token in the format of RFC 6749 section 5.1, or a problem. */
final class BrowserTokenAnswers {

    private static final Problem METHOD_NOT_ALLOWED = new Problem(405, "Method Not Allowed", "Send GET or POST.");
    private static final Problem TOO_MANY = new Problem(429, "Too Many Requests",
            "Too many access tokens were requested within a minute.");

    /** The reason is logged by the application and not sent to the browser. */
    private static final Problem UNAVAILABLE = new Problem(503, "Service Unavailable",
            "No access token is available at the moment.");

    /** The value of {@code Retry-After} if the failure does not state when the next attempt is due. */
    private static final Duration SHORT_WHILE = Duration.ofSeconds(1);

    private final InstantSource clock;

    BrowserTokenAnswers(InstantSource clock) {
        this.clock = clock;
    }

    void token(HttpServerResponse response, AccessToken token) {
        JsonObject body = new JsonObject()
                .put("access_token", token.value())
                .put("token_type", "Bearer")
                .put("expires_in", Math.max(0, Duration.between(clock.instant(), token.expiresAt()).toSeconds()));
        response.putHeader("Content-Type", "application/json").end(body.toBuffer());
    }

    void methodNotAllowed(HttpServerResponse response) {
        response.putHeader("Allow", "GET, POST");
        METHOD_NOT_ALLOWED.answer(response);
    }

    void tooMany(HttpServerResponse response, Duration wait) {
        TOO_MANY.answer(response, wait);
    }

    void unavailable(HttpServerResponse response, HumeAuthenticationException failure) {
        Instant now = clock.instant();
        UNAVAILABLE.answer(response, failure.retryAt().map(at -> Duration.between(now, at)).orElse(SHORT_WHILE));
    }
}
