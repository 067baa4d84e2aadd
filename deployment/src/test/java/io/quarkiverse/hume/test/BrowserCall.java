package io.quarkiverse.hume.test;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import org.eclipse.microprofile.config.ConfigProvider;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;

/** A request whose path is sent without normalization. */
public final class BrowserCall {

    private final MultiMap headers = MultiMap.caseInsensitiveMultiMap();

    /** The response. */
    public record Answer(int status, MultiMap headers, String body) {

        public JsonObject json() {
            return new JsonObject(body);
        }

        public String token() {
            return json().getString("access_token");
        }
    }

    public static BrowserCall anonymous() {
        return new BrowserCall();
    }

    /** With Basic authentication; the password is the name. */
    public static BrowserCall as(String user) {
        return new BrowserCall().header("Authorization", basic(user, user));
    }

    /** The value of the header {@code Authorization}. */
    public static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    /** On threads with the class loader of the test, which those of the common pool need not have. */
    public static List<CompletableFuture<Answer>> simultaneously(int calls, Supplier<Answer> call) {
        ExecutorService threads = Executors.newFixedThreadPool(calls);
        List<CompletableFuture<Answer>> answers = IntStream.range(0, calls)
                .mapToObj(number -> CompletableFuture.supplyAsync(call, threads)).toList();
        threads.shutdown();
        return answers;
    }

    public BrowserCall header(String name, String value) {
        headers.set(name, value);
        return this;
    }

    public Answer get(String uri) {
        return send("GET", uri);
    }

    public Answer send(String method, String uri) {
        Vertx vertx = Vertx.vertx();
        HttpClient client = vertx.createHttpClient();
        try {
            int port = ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
            return client.request(HttpMethod.valueOf(method), port, "localhost", uri)
                    .compose(request -> {
                        request.headers().addAll(headers);
                        return request.send();
                    })
                    .compose(response -> response.body().map(body -> new Answer(response.statusCode(), response.headers(),
                            body.toString())))
                    .toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(method + " " + uri, e);
        } finally {
            vertx.close();
        }
    }
}
