package io.quarkiverse.hume.it;

import static io.restassured.RestAssured.given;

import java.util.List;
import java.util.Map;

import org.eclipse.microprofile.config.ConfigProvider;

/** The control API of the emulator that stands in for Hume. */
public final class Emulator {

    private final String control = ConfigProvider.getConfig().getValue("hume.emulator.url", String.class) + "/emulator";

    /** Without faults, and without a memory of earlier requests. Keys and tokens stay. */
    public void healthy() {
        given().delete(control + "/token/fault").then().statusCode(200);
        given().delete(control + "/api/fault").then().statusCode(200);
        given().delete(control + "/requests").then().statusCode(200);
    }

    /** Without its fault; the memory of earlier requests stays. */
    public void healthyTokenEndpoint() {
        given().delete(control + "/token/fault").then().statusCode(200);
    }

    public void closeSockets() {
        given().delete(control + "/sockets").then().statusCode(200);
    }

    public void revokeTokens() {
        given().post(control + "/tokens/revoke").then().statusCode(200);
    }

    /** @param lifetimeMillis of the tokens issued from now on */
    public void tokens(long lifetimeMillis, long latencyMillis) {
        send("PUT", "/token", Map.of("lifetime_millis", lifetimeMillis, "latency_millis", latencyMillis));
    }

    public void tokenFault(Map<String, Object> fault) {
        send("PUT", "/token/fault", fault);
    }

    public void apiFault(Map<String, Object> fault) {
        send("PUT", "/api/fault", fault);
    }

    public int tokenRequests() {
        return requests("/oauth2-cc/token", "status").size();
    }

    private void send(String method, String path, Map<String, Object> body) {
        given().contentType("application/json").body(body).request(method, control + path).then().statusCode(200);
    }

    List<String> credentials(String path) {
        return requests(path, "credential");
    }

    public List<Integer> statuses(String path) {
        return requests(path, "status");
    }

    private <T> List<T> requests(String path, String field) {
        return given().queryParams(Map.of("path", path)).get(control + "/requests").then().statusCode(200).extract()
                .path("requests." + field);
    }
}
