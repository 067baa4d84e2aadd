package io.quarkiverse.hume.test;

import java.util.concurrent.atomic.AtomicInteger;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;

/**
 * A server in place of Hume that fails on demand; its token endpoint returns the received secrets, as a careless proxy would.
 * The system property {@code scripted.mode} selects the failure, because application and test have different class loaders.
 */
public final class ScriptedHume {

    public static final String API_KEY = "canary-api-key-5b1f";
    public static final String SECRET_KEY = "canary-secret-key-9c2e";
    public static final String TOKEN = "canary-access-token-7d3a";

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger tokens = new AtomicInteger();

    /** Starts the server and leaves its address in the system property {@code scripted.url}. */
    public static void start() {
        ScriptedHume hume = new ScriptedHume();
        HttpServer server = hume.vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> hume.answer(request, body.toString())));
        server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().join();
        System.setProperty("scripted.url", "http://127.0.0.1:" + server.actualPort());
        mode("well");
    }

    public static void mode(String mode) {
        System.setProperty("scripted.mode", mode);
    }

    private void answer(HttpServerRequest request, String body) {
        boolean token = request.path().endsWith("/token");
        String echo = request.headers().entries() + " " + body;
        switch (System.getProperty("scripted.mode") + (token ? "/token" : "/api")) {
            case "token-echoed/token" -> respond(request, 500, echo);
            case "token-refused/token" -> respond(request, 401, "{\"error\":\"" + SECRET_KEY + "\"}");
            case "token-nonsense/token" -> respond(request, 200, "{\"error\":\"x\",\"detail\":\"" + SECRET_KEY + " " + TOKEN);
            case "token-illegal/token" -> respond(request, 200, "{\"access_token\":\"" + TOKEN + "\\r\\nX-Evil: 1\"}");
            case "token-closed/token", "api-closed/api" -> request.connection().close();
            case "api-unauthorized/api" -> respond(request, 401, "{}");
            case "api-broken/api" -> respond(request, 500, "{}");
            default -> respond(request, 200,
                    token ? "{\"access_token\":\"" + TOKEN + tokens.incrementAndGet() + "\",\"expires_in\":1800}"
                            : "{\"configs_page\":[]}");
        }
    }

    private static void respond(HttpServerRequest request, int status, String body) {
        request.response().setStatusCode(status).putHeader("Content-Type", "application/json").end(body);
    }
}
