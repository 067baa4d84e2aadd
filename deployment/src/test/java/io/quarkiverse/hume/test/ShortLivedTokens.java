package io.quarkiverse.hume.test;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;

/**
 * Platforms whose tokens are valid for the number of seconds in the path: {@code /0.05/oauth2-cc/token}. Calls are answered
 * with 401 unless they carry the newest token of their platform.
 */
public final class ShortLivedTokens {

    private static final String REQUESTS = "tokens.requests.";

    private final Map<String, String> newest = new ConcurrentHashMap<>();

    private ShortLivedTokens() {
    }

    /** Starts the server and leaves its address in the system property {@code tokens.url}. */
    public static void start() {
        ShortLivedTokens tokens = new ShortLivedTokens();
        int port = Vertx.vertx().createHttpServer().requestHandler(tokens::answer).listen(0, "127.0.0.1").toCompletionStage()
                .toCompletableFuture().join().actualPort();
        System.setProperty("tokens.url", "http://127.0.0.1:" + port);
    }

    /** How many tokens of this lifetime were requested. */
    public static int requests(String lifetime) {
        return Integer.getInteger(REQUESTS + lifetime, 0);
    }

    private void answer(HttpServerRequest request) {
        String lifetime = request.path().split("/")[1];
        if (request.path().endsWith("/oauth2-cc/token")) {
            System.setProperty(REQUESTS + lifetime, String.valueOf(requests(lifetime) + 1));
            String token = "token-" + lifetime + "-" + requests(lifetime);
            newest.put(lifetime, "Bearer " + token);
            request.response().putHeader("Content-Type", "application/json")
                    .end("{\"access_token\":\"" + token + "\",\"expires_in\":" + lifetime + "}");
        } else if (newest.getOrDefault(lifetime, "none").equals(request.getHeader("Authorization"))) {
            request.response().putHeader("Content-Type", "text/plain").end("valid");
        } else {
            request.response().setStatusCode(401).end();
        }
    }
}
