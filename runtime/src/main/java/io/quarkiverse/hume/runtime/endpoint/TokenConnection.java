package io.quarkiverse.hume.runtime.endpoint;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import io.quarkiverse.hume.runtime.event.TokenRequestTracer;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.tracing.TracingPolicy;

/**
 * One account's connections to its token endpoint, over an HTTP client that nothing else uses: no provider, listener,
 * customizer, logger, metric or instrumentation of the application applies to it. Requests are rare, so each has its own
 * connection, which is closed afterwards.
 * <p>
 * Thread-safe; no method blocks.
 */
final class TokenConnection {

    /** RFC 6749 section 4.4.2. */
    private static final String GRANT = "grant_type=client_credentials";

    private final URI endpoint;
    private final Duration timeout;
    private final Vertx vertx;
    private final Supplier<HttpClientOptions> options;
    private final TokenRequestTracer tracer;

    /** Created by the first request, so that it does not slow down the start; guarded by this object. */
    private HttpClient client;
    private boolean closed;
    private boolean outdated;

    TokenConnection(URI endpoint, Duration timeout, Vertx vertx, Supplier<HttpClientOptions> options,
            TokenRequestTracer tracer) {
        this.endpoint = endpoint;
        this.timeout = timeout;
        this.vertx = vertx;
        this.options = options;
        this.tracer = tracer;
    }

    /**
     * Sends one token request.
     *
     * @param basic the value of the header {@code Authorization}
     * @return the body of a successful response; fails with a {@link Refused} or with the exception of the network. Cancelling
     *         the future ends the request and closes its connection
     */
    CompletableFuture<byte[]> post(String basic) {
        CompletableFuture<byte[]> answer = new CompletableFuture<>();
        AtomicInteger status = new AtomicInteger();
        TokenRequestTracer.Attempt attempt = tracer.attempt(endpoint);
        answer.whenComplete((body, failure) -> attempt.ended(status.get(), status.get() == 0 ? failure : null));
        HttpClient http = client();
        if (http == null) {
            answer.completeExceptionally(new IllegalStateException("closed"));
            return answer;
        }
        http.request(request(basic)).onComplete(opened -> {
            if (opened.succeeded()) {
                send(opened.result(), status, answer);
            } else {
                answer.completeExceptionally(opened.cause());
            }
        });
        return answer;
    }

    private RequestOptions request(String basic) {
        return new RequestOptions().setMethod(HttpMethod.POST)
                .setSsl(endpoint.getScheme().equals("https"))
                .setHost(host(endpoint))
                .setPort(port(endpoint))
                .setURI(endpoint.getRawPath() + (endpoint.getRawQuery() == null ? "" : "?" + endpoint.getRawQuery()))
                .setConnectTimeout(timeout.toMillis())
                .setIdleTimeout(timeout.toMillis())
                .setFollowRedirects(false)
                .putHeader(HttpHeaders.AUTHORIZATION, basic)
                .putHeader(HttpHeaders.CONTENT_TYPE, HttpHeaders.APPLICATION_X_WWW_FORM_URLENCODED)
                .putHeader(HttpHeaders.ACCEPT, "application/json")
                .putHeader(HttpHeaders.USER_AGENT, "quarkus-hume");
    }

    /** The host; a literal IPv6 address without its brackets. */
    private static String host(URI endpoint) {
        String host = endpoint.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static int port(URI endpoint) {
        return endpoint.getPort() >= 0 ? endpoint.getPort() : endpoint.getScheme().equals("https") ? 443 : 80;
    }

    private static void send(HttpClientRequest request, AtomicInteger status, CompletableFuture<byte[]> answer) {
        request.exceptionHandler(answer::completeExceptionally);
        // This also applies if the result was cancelled before the connection was opened. After a complete response it has no
        // effect.
        answer.whenComplete((body, failure) -> {
            if (failure != null) {
                request.reset();
            }
        });
        if (answer.isDone()) {
            return;
        }
        request.send(GRANT).onComplete(received -> {
            if (received.succeeded()) {
                status.set(received.result().statusCode());
                receive(received.result(), answer);
            } else {
                answer.completeExceptionally(received.cause());
            }
        });
    }

    private static void receive(HttpClientResponse response, CompletableFuture<byte[]> answer) {
        response.exceptionHandler(answer::completeExceptionally);
        if (response.statusCode() < 200 || response.statusCode() > 299) {
            answer.completeExceptionally(
                    new Refused(response.statusCode(), response.getHeader(HttpHeaders.RETRY_AFTER)));
            return;
        }
        BoundedBody body = new BoundedBody();
        response.handler(piece -> {
            if (!answer.isDone() && !body.append(piece.getBytes())) {
                answer.completeExceptionally(new BoundedBody.TooLarge());
            }
        });
        response.endHandler(end -> answer.complete(body.bytes()));
    }

    private synchronized HttpClient client() {
        if (outdated && client != null) {
            client.close(); // No request is using the client, because there is only one request at a time.
            client = null;
        }
        outdated = false;
        if (client == null && !closed) {
            client = vertx.httpClientBuilder().with(options.get()
                    .setProtocolVersion(HttpVersion.HTTP_1_1)
                    .setKeepAlive(false)
                    .setConnectTimeout((int) Math.min(timeout.toMillis(), Integer.MAX_VALUE))
                    .setDecompressionSupported(false)
                    // Without a name, Quarkus collects no metrics of this client, so the application's metrics contributors are
                    // not called.
                    .setMetricsName("")
                    .setTracingPolicy(TracingPolicy.IGNORE)
                    .setLogActivity(false))
                    .withConnectHandler(connection -> connection.exceptionHandler(TokenConnection::reportedToTheRequest))
                    .build();
        }
        return client;
    }

    /**
     * Ignores the exception, because the request fails with the same one. Without a handler, Vert.x would log the exception,
     * whose message may contain received data.
     */
    private static void reportedToTheRequest(Throwable failure) {
    }

    /**
     * Makes the next request read the certificates again. They are not read here, because they may be replaced more often than
     * tokens are requested.
     */
    synchronized void certificatesReplaced() {
        outdated = true;
    }

    void close() {
        HttpClient last;
        synchronized (this) {
            last = client;
            client = null;
            closed = true;
        }
        if (last != null) {
            last.close();
        }
    }

    /**
     * The token endpoint answered with a status that does not mean success. This exception does not contain the body and the
     * reason phrase, which are not needed and could repeat the keys that were sent.
     */
    static final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1L;

        final int status;

        /** The header {@code Retry-After} as received; may be {@code null}. */
        final String retryAfter;

        Refused(int status, String retryAfter) {
            super("status " + status);
            this.status = status;
            this.retryAfter = retryAfter;
        }
    }

    /** Collects a body up to a limit that is far above the size of any token response. */
    static final class BoundedBody {

        static final int LIMIT = 64 * 1024;

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);

        /** @return {@code false} if the body would exceed the limit */
        boolean append(byte[] piece) {
            if (bytes.size() + piece.length > LIMIT) {
                return false;
            }
            bytes.writeBytes(piece);
            return true;
        }

        byte[] bytes() {
            return bytes.toByteArray();
        }

        /** The body exceeds the limit. */
        static final class TooLarge extends RuntimeException {
            private static final long serialVersionUID = 1L;

            TooLarge() {
                super("more than " + LIMIT + " bytes");
            }
        }
    }
}
