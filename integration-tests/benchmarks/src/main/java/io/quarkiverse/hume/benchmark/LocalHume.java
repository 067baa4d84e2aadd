package io.quarkiverse.hume.benchmark;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/** A local server that issues tokens, accepts them until they expire, and fails on demand. All compared clients use it. */
public final class LocalHume {

    /**
     * The lifetime of the tokens that are issued while the application starts. Scenarios replace these tokens, so for them it
     * is short.
     */
    static final int FIRST_LIFETIME_SECONDS = Integer.getInteger("benchmark.first-lifetime", 1800);

    private static final Buffer ANSWER = Buffer.buffer("{\"configs_page\":[]}");

    enum TokenEndpoint {
        WELL,
        UNAVAILABLE,
        HANGING,
        EMPTY
    }

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger issued = new AtomicInteger();
    private final Map<String, Long> live = new ConcurrentHashMap<>();

    final AtomicInteger tokenRequests = new AtomicInteger();
    final AtomicInteger rejections = new AtomicInteger();

    /** When the last token was issued, in nanoseconds of the monotonic clock. */
    volatile long lastIssuedNanos;

    volatile TokenEndpoint mode = TokenEndpoint.WELL;
    volatile int lifetimeSeconds = FIRST_LIFETIME_SECONDS;
    volatile long tokenLatencyMillis;
    volatile long apiLatencyMillis;

    /** Whether calls need a valid token. While the throughput is measured, every call is accepted. */
    volatile boolean checking;

    /** Starts the server and stores its address in the system property {@code benchmark.url}. */
    static LocalHume start() {
        LocalHume hume = new LocalHume();
        int port = hume.vertx.createHttpServer().requestHandler(hume::answer).listen(0, "127.0.0.1")
                .toCompletionStage().toCompletableFuture().join().actualPort();
        System.setProperty("benchmark.url", "http://127.0.0.1:" + port);
        return hume;
    }

    void reset(int newLifetimeSeconds) {
        mode = TokenEndpoint.WELL;
        lifetimeSeconds = newLifetimeSeconds;
        tokenLatencyMillis = 0;
        apiLatencyMillis = 0;
        checking = true;
    }

    void revoke() {
        live.clear();
    }

    void forget() {
        tokenRequests.set(0);
        rejections.set(0);
    }

    private void answer(HttpServerRequest request) {
        if (request.path().endsWith("/token")) {
            tokenRequests.incrementAndGet();
            later(tokenLatencyMillis, () -> issue(request));
        } else {
            String sent = request.getHeader("Authorization");
            later(apiLatencyMillis, () -> call(request, sent));
        }
    }

    private void later(long millis, Runnable action) {
        if (millis == 0) {
            action.run();
        } else {
            vertx.setTimer(millis, timer -> action.run());
        }
    }

    private void issue(HttpServerRequest request) {
        switch (mode) {
            case HANGING:
                return;
            case UNAVAILABLE:
                request.response().setStatusCode(503).end();
                return;
            case EMPTY:
                request.response().putHeader("Content-Type", "application/json").end("{}");
                return;
            default:
                String token = "token-" + issued.incrementAndGet();
                lastIssuedNanos = System.nanoTime();
                live.put("Bearer " + token, System.nanoTime() + lifetimeSeconds * 1_000_000_000L);
                request.response().putHeader("Content-Type", "application/json").end("{\"access_token\":\"" + token
                        + "\",\"token_type\":\"Bearer\",\"expires_in\":" + lifetimeSeconds + "}");
        }
    }

    private void call(HttpServerRequest request, String sent) {
        Long expiry = checking && sent != null ? live.get(sent) : null;
        if (checking && (expiry == null || expiry - System.nanoTime() < 0)) {
            rejections.incrementAndGet();
            request.response().setStatusCode(401).end();
        } else {
            request.response().putHeader("Content-Type", "application/json").end(ANSWER);
        }
    }
}
