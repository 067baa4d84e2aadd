package io.quarkiverse.hume.test;

import java.util.List;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;

/**
 * Two origins, {@code a} and {@code b}, that redirect as the query specifies: {@code ?path=b,a,a} redirects to b, then to a,
 * then to a again, and ends with a response there. {@code status} is the status of the redirects, {@code end} that of the last
 * response, {@code location} the Location of the first redirect. The system property {@code redirects.seen} has a line for
 * each received request.
 */
public final class RedirectingServers {

    private RedirectingServers() {
    }

    /** Starts both and leaves their ports in the system properties {@code redirects.a} and {@code redirects.b}. */
    public static void start() {
        Vertx vertx = Vertx.vertx();
        for (String origin : List.of("a", "b")) {
            int port = vertx.createHttpServer().requestHandler(request -> answer(origin, request)).listen(0, "127.0.0.1")
                    .toCompletionStage().toCompletableFuture().join().actualPort();
            System.setProperty("redirects." + origin, String.valueOf(port));
        }
        forget();
    }

    public static String url(String origin) {
        return "http://127.0.0.1:" + System.getProperty("redirects." + origin);
    }

    /** Origin, {@code Authorization} and {@code X-Hume-Api-Key} of each request, oldest first. */
    public static List<String> seen() {
        return System.getProperty("redirects.seen").lines().toList();
    }

    public static void forget() {
        System.setProperty("redirects.seen", "");
    }

    private static void answer(String origin, HttpServerRequest request) {
        synchronized (RedirectingServers.class) {
            System.setProperty("redirects.seen", System.getProperty("redirects.seen") + origin + " "
                    + request.getHeader("Authorization") + " " + request.getHeader("X-Hume-Api-Key") + "\n");
        }
        String path = request.getParam("path", "");
        if (path.isEmpty()) {
            request.response().setStatusCode(Integer.parseInt(request.getParam("end", "200"))).end("end");
            return;
        }
        int comma = path.indexOf(',');
        String next = comma < 0 ? path : path.substring(0, comma);
        String location = request.getParam("location");
        if (location == null) {
            location = url(next) + "/v0/hop?status=" + request.getParam("status", "302") + "&end="
                    + request.getParam("end", "200") + "&path=" + (comma < 0 ? "" : path.substring(comma + 1));
        }
        request.response().setStatusCode(Integer.parseInt(request.getParam("status", "302")))
                .putHeader("Location", location).end();
    }
}
