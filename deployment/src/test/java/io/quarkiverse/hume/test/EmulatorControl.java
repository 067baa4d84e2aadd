package io.quarkiverse.hume.test;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

import org.eclipse.microprofile.config.ConfigProvider;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeAccounts;
import io.quarkiverse.hume.runtime.account.AccountRegistry;
import io.quarkus.arc.Arc;
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

    /** Revokes the token in use, and forgets the requests so far. */
    public static void revokeTheToken() {
        renewTheToken();
        call("POST", "/tokens/revoke", null);
        call("DELETE", "/requests", null);
    }

    /**
     * Ends all faults and requests a token, for no other reason: a 401 may then be answered with a request at once, however
     * many there were before. During a back-off it waits for its end.
     */
    public static void renewTheToken() {
        call("DELETE", "/token/fault", null);
        call("DELETE", "/api/fault", null);
        await().ignoreExceptions().until(() -> {
            Arc.container().select(AccountRegistry.class).get().get(HumeAccount.DEFAULT).renewToken().toCompletableFuture()
                    .join();
            return true;
        });
    }

    /**
     * Ends all faults and lets the token expire: unless the refresher looks in between, the next caller needs another one.
     */
    public static void loseTheToken() {
        call("PUT", "/token", Map.of("lifetime_millis", 100));
        renewTheToken();
        call("PUT", "/token", Map.of("lifetime_millis", 1_800_000));
        await().until(() -> !Arc.container().select(HumeAccounts.class).get().get(HumeAccount.DEFAULT).token().orElseThrow()
                .valid());
    }

    /** All that the emulator received at a path, or below it with a star at its end, oldest first. */
    public static List<JsonObject> requests(String path) {
        return call("GET", "/requests?path=" + path, null).getJsonArray("requests").stream()
                .map(JsonObject.class::cast).toList();
    }

    public static int tokenRequests() {
        return requests("/oauth2-cc/token").size();
    }

    /** The only request to a path. */
    public static JsonObject request(String path) {
        List<JsonObject> requests = requests(path);
        if (requests.size() != 1) {
            throw new AssertionError("Expected one request to " + path + " but there are " + requests);
        }
        return requests.get(0);
    }
}
