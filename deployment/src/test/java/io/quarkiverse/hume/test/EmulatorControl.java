package io.quarkiverse.hume.test;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import org.eclipse.microprofile.config.ConfigProvider;

import io.vertx.core.json.JsonObject;

/** The emulator's control API, for tests. */
public final class EmulatorControl {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private EmulatorControl() {
    }

    public static String url() {
        return ConfigProvider.getConfig().getValue("hume.emulator.url", String.class);
    }

    public static JsonObject call(String method, String path, Map<String, Object> body) {
        HttpRequest.BodyPublisher publisher = body == null ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(new JsonObject(body).encode());
        try {
            HttpResponse<String> answer = HTTP.send(HttpRequest.newBuilder(URI.create(url() + "/emulator" + path))
                    .header("Content-Type", "application/json").method(method, publisher).build(),
                    HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw new IllegalStateException(method + " " + path + ": " + answer.statusCode() + " " + answer.body());
            }
            return answer.body().isBlank() ? new JsonObject() : new JsonObject(answer.body());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public static void reset() {
        call("POST", "/reset", null);
    }

    public static void tokenFault(Map<String, Object> fault) {
        call("PUT", "/token/fault", fault);
    }

    public static void apiFault(Map<String, Object> fault) {
        call("PUT", "/api/fault", fault);
    }

    /** Revokes a token that was in use until then, and forgets the requests so far. */
    public static void revokeTheTokenUsedBy(Supplier<String> call) {
        call("DELETE", "/api/fault", null);
        await().ignoreExceptions().until(() -> call.get().contains("configs_page"));
        call("POST", "/tokens/revoke", null);
        call("DELETE", "/requests", null);
    }

    /** All that the emulator received below a path, oldest first. */
    public static List<JsonObject> requests(String path) {
        return call("GET", "/requests?path=" + path, null).getJsonArray("requests").stream()
                .map(JsonObject.class::cast).toList();
    }

    public static int tokenRequests() {
        return requests("/oauth2-cc/token").size();
    }

    /** The only request below a path. */
    public static JsonObject request(String path) {
        List<JsonObject> requests = requests(path);
        if (requests.size() != 1) {
            throw new AssertionError("Expected one request to " + path + " but there are " + requests);
        }
        return requests.get(0);
    }
}
