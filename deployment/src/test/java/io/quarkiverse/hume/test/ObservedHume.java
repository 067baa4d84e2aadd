package io.quarkiverse.hume.test;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;

/**
 * A token endpoint, and a server that is not related to Hume. System properties have the received requests, because
 * application and test have different class loaders.
 */
public final class ObservedHume {

    public static final String API_KEY = "canary-api-key-1f7c";
    public static final String SECRET_KEY = "canary-secret-key-8d4b";
    public static final String TOKEN = "canary-access-token-2e6a";

    private static final String RECEIVED = "observed.token-request";
    private static final String REQUESTS = "observed.token-requests";
    private static final String ANSWER = "observed.answer";
    private static final String REDIRECTED = "observed.redirected";

    private final AtomicInteger tokens = new AtomicInteger();

    private ObservedHume() {
    }

    /** Starts the server and leaves its address in the system property {@code observed.url}. */
    public static void start() {
        ObservedHume hume = new ObservedHume();
        int port = Vertx.vertx().createHttpServer().requestHandler(request -> request.body()
                .onSuccess(body -> hume.handle(request))).listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture()
                .join().actualPort();
        System.setProperty("observed.url", "http://127.0.0.1:" + port);
        System.setProperty(REDIRECTED, "0");
        System.setProperty(REQUESTS, "0");
        answer("well");
    }

    /** "well", "short-lived", "unavailable", "refused" or "redirect". */
    public static void answer(String kind) {
        System.setProperty(ANSWER, kind);
    }

    /** The headers of the last token request, their names in lower case. */
    public static Map<String, String> tokenRequest() {
        Map<String, String> headers = new TreeMap<>();
        new JsonObject(System.getProperty(RECEIVED)).forEach(header -> headers.put(header.getKey(),
                (String) header.getValue()));
        return headers;
    }

    /** How many there were. */
    public static int tokenRequests() {
        return Integer.getInteger(REQUESTS);
    }

    public static int redirected() {
        return Integer.getInteger(REDIRECTED);
    }

    private void handle(HttpServerRequest request) {
        if (request.path().equals("/elsewhere")) {
            System.setProperty(REDIRECTED, String.valueOf(redirected() + 1));
        }
        if (!request.path().equals("/oauth2-cc/token")) {
            request.response().putHeader("Content-Type", "text/plain").end("well");
            return;
        }
        JsonObject headers = new JsonObject();
        request.headers().forEach(header -> headers.put(header.getKey().toLowerCase(java.util.Locale.ROOT),
                header.getValue()));
        System.setProperty(RECEIVED, headers.encode());
        System.setProperty(REQUESTS, String.valueOf(tokenRequests() + 1));
        switch (System.getProperty(ANSWER)) {
            case "unavailable" -> request.response().setStatusCode(503).end();
            case "refused" -> request.response().setStatusCode(401).end();
            case "redirect" -> request.response().setStatusCode(307).putHeader("Location", "/elsewhere").end();
            case "short-lived" -> issue(request, 2);
            default -> issue(request, 1800);
        }
    }

    private void issue(HttpServerRequest request, int lifetime) {
        request.response().putHeader("Content-Type", "application/json").end(
                "{\"access_token\":\"" + TOKEN + tokens.incrementAndGet() + "\",\"expires_in\":" + lifetime + "}");
    }
}
