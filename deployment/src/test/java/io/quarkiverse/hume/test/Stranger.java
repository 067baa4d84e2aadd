package io.quarkiverse.hume.test;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;

/** A server that must never receive a credential; records the headers of its requests. */
public final class Stranger implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx();
    private final List<MultiMap> received = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    public Stranger() {
        this(null);
    }

    /** @param property a system property to which every received {@code Authorization} is added as a line; may be null */
    public Stranger(String property) {
        server = vertx.createHttpServer().requestHandler(request -> {
            received.add(request.headers());
            if (property != null) {
                System.setProperty(property,
                        System.getProperty(property, "") + request.headers().get("Authorization") + "\n");
            }
            boolean refuse = request.path().equals("/unauthorized");
            request.response().setStatusCode(refuse ? 401 : 200).putHeader("Content-Type", "text/plain").end("stranger");
        });
        server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().join();
    }

    public int port() {
        return server.actualPort();
    }

    public List<MultiMap> received() {
        return received;
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
