package io.quarkiverse.hume.benchmark;

import java.util.concurrent.atomic.AtomicInteger;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/** Issues tokens and answers every call with the same few bytes. */
public final class LocalHume {

    private static final Buffer ANSWER = Buffer.buffer("{\"configs_page\":[]}");

    private final AtomicInteger tokens = new AtomicInteger();

    /** Starts the server and leaves its address in the system property {@code benchmark.url}. */
    static void start() {
        LocalHume hume = new LocalHume();
        int port = Vertx.vertx().createHttpServer().requestHandler(hume::answer).listen(0, "127.0.0.1")
                .toCompletionStage().toCompletableFuture().join().actualPort();
        System.setProperty("benchmark.url", "http://127.0.0.1:" + port);
    }

    private void answer(HttpServerRequest request) {
        if (request.path().endsWith("/token")) {
            request.response().putHeader("Content-Type", "application/json").end("{\"access_token\":\"token-"
                    + tokens.incrementAndGet() + "\",\"token_type\":\"Bearer\",\"expires_in\":1800}");
        } else {
            request.response().putHeader("Content-Type", "application/json").end(ANSWER);
        }
    }
}
