package io.quarkiverse.hume.runtime.relay;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.HumeRateLimitException;
import io.quarkiverse.hume.runtime.access.Problem;
import io.vertx.core.http.HttpServerResponse;

/** The relay's own responses. The cause is logged by the application and not sent to the browser. */
final class RelayAnswers {

    static final Problem FOREIGN_PAGE = new Problem(403, "Forbidden",
            "Pages of this origin may not send requests here.");
    static final Problem TOO_MANY_REQUESTS = new Problem(429, "Too Many Requests",
            "Too many requests were sent within a minute.");
    static final Problem LIMIT_USED_UP = new Problem(429, "Too Many Requests",
            "This application has reached the limit of requests that Hume allows in a minute.");
    static final Problem TOO_MANY_SOCKETS = new Problem(429, "Too Many Requests",
            "Too many sockets are open. Close one of them first.");
    static final Problem TOO_LARGE = new Problem(413, "Content Too Large", "The body of the request is too large.");
    static final Problem NO_CREDENTIAL = new Problem(503, "Service Unavailable",
            "This application cannot send requests to Hume at the moment.");
    static final Problem SEND_AGAIN = new Problem(503, "Service Unavailable",
            "Hume rejected the request because of its credential, and its body was not stored. Send the request again.");
    static final Problem REJECTED = new Problem(502, "Bad Gateway", "Hume does not accept requests of this application.");
    static final Problem UNREACHABLE = new Problem(502, "Bad Gateway", "Hume cannot be reached.");
    static final Problem UNUSABLE = new Problem(502, "Bad Gateway", "Hume sent a response that is not forwarded.");
    static final Problem REQUEST_STALLED = new Problem(408, "Request Timeout", "The request did not arrive in time.");
    static final Problem ANSWER_STALLED = new Problem(504, "Gateway Timeout", "Hume did not answer in time.");
    static final Problem BODY_GONE = new Problem(500, "Internal Server Error",
            "The body of the request was read before it could be forwarded.");

    static final Problem BODY_NOT_ALLOWED = new Problem(400, "Bad Request",
            "A request with this method has no body, so it would not be sent to Hume.");
    static final Problem MALFORMED_SUB_PROTOCOL = new Problem(400, "Bad Request",
            "A sub-protocol with a header must be quarkus-http-upgrade#Authorization#value, percent-encoded.");
    static final Problem HEADER_IN_SUB_PROTOCOL = new Problem(400, "Bad Request",
            "Only the header Authorization may be sent in a sub-protocol.");
    static final Problem NO_OTHER_SUB_PROTOCOL = new Problem(400, "Bad Request",
            "Offer another sub-protocol besides the one with the header, so that the response can name it.");

    private static final Problem NOT_RELAYED = new Problem(404, "Not Found", "This application does not relay such requests.");
    private static final Problem NEEDS_UPGRADE = new Problem(426, "Upgrade Required", "Open a WebSocket at this path.");

    /** The value of {@code Retry-After} if the failure does not state when the next attempt is due. */
    static final Duration SHORT_WHILE = Duration.ofSeconds(1);

    private RelayAnswers() {
    }

    /**
     * Returns how long the browser has to wait after a failure: until the time that the failure states, or otherwise a short
     * while.
     */
    static Duration waitAfter(Throwable failure) {
        Optional<Instant> retryAt = Optional.empty();
        if (failure instanceof HumeAuthenticationException withoutCredential) {
            retryAt = withoutCredential.retryAt();
        } else if (failure instanceof HumeRateLimitException overLimit) {
            retryAt = Optional.of(overLimit.retryAt());
        }
        return retryAt.map(at -> Duration.between(Instant.now(), at)).orElse(SHORT_WHILE);
    }

    /** @param methods the methods that are relayed for this path */
    static void notAllowed(HttpServerResponse response, Set<String> methods) {
        String others = String.join(", ", methods.stream().filter(name -> !name.equals(AllowedRequests.SOCKET)).toList());
        if (methods.isEmpty()) {
            NOT_RELAYED.answer(response);
        } else if (others.isEmpty()) {
            response.putHeader("Upgrade", "websocket");
            NEEDS_UPGRADE.answer(response);
        } else {
            response.putHeader("Allow", others);
            new Problem(405, "Method Not Allowed", "The allowed methods are " + others + ".").answer(response);
        }
    }
}
