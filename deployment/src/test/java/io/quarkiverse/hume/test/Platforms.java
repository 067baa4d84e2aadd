package io.quarkiverse.hume.test;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;

/**
 * Listeners that replace Hume's platforms, each with a token endpoint. The response to a call contains the name of the
 * listener and the two headers, separated by spaces; a dash replaces a missing header.
 */
public final class Platforms {

    private static final String TOKEN = "{\"access_token\":\"token-of-%s\",\"expires_in\":1800}";

    private Platforms() {
    }

    /** Starts a listener for each name, and leaves its address in the system property {@code platform.<name>}. */
    public static void start(String... names) {
        Vertx vertx = Vertx.vertx();
        for (String name : names) {
            start(vertx, name, 0);
        }
    }

    /** Starts a listener at a port that is known beforehand, for addresses in annotations. */
    public static void start(String name, int port) {
        start(Vertx.vertx(), name, port);
    }

    private static void start(Vertx vertx, String name, int port) {
        HttpServer server = vertx.createHttpServer().requestHandler(request -> answer(name, request));
        server.listen(port, "127.0.0.1").toCompletionStage().toCompletableFuture().join();
        System.setProperty("platform." + name, "http://127.0.0.1:" + server.actualPort());
    }

    private static void answer(String name, HttpServerRequest request) {
        if (request.path().equals("/oauth2-cc/token")) {
            request.response().putHeader("Content-Type", "application/json").end(TOKEN.formatted(name));
        } else {
            request.response().putHeader("Content-Type", "text/plain").end(name + " " + header(request, "Authorization") + " "
                    + header(request, "X-Hume-Api-Key"));
        }
    }

    private static String header(HttpServerRequest request, String name) {
        // All values: a second credential would go unnoticed otherwise.
        List<String> values = request.headers().getAll(name);
        return values.isEmpty() ? "-" : String.join("+", values).replace("Bearer ", "");
    }

    /** The call as a platform of this name answers it. */
    public static String received(String platform, String account, String strategy) {
        if (account == null) {
            return platform + " - -";
        }
        return strategy.equals("token") ? platform + " token-of-" + account + " -" : platform + " - key-of-" + account;
    }

    /** The line of the Dev UI's table that is about the call, as account and strategy; null if the client is not in it. */
    public static String inTable(String client, String call) {
        Map<String, String> lines = new TreeMap<>();
        for (String line : System.getProperty("client.table").split("\n")) {
            String[] cells = line.split("\t");
            if (cells[0].equals(client)) {
                lines.put(cells[1], cells[2] + " " + cells[3]);
            }
        }
        return lines.getOrDefault(call, lines.get(""));
    }
}
