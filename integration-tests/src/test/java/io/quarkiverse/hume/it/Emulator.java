package io.quarkiverse.hume.it;

import static io.restassured.RestAssured.given;

import java.util.List;
import java.util.Map;

import org.eclipse.microprofile.config.ConfigProvider;

/** The control API of the emulator that stands in for Hume. */
final class Emulator {

    private final String control = ConfigProvider.getConfig().getValue("hume.emulator.url", String.class) + "/emulator";

    /** Without faults, and without a memory of earlier requests. Keys and tokens stay. */
    void healthy() {
        given().delete(control + "/token/fault").then().statusCode(200);
        given().delete(control + "/api/fault").then().statusCode(200);
        given().delete(control + "/requests").then().statusCode(200);
    }

    void revokeTokens() {
        given().post(control + "/tokens/revoke").then().statusCode(200);
    }

    List<String> credentials(String path) {
        return requests(path, "credential");
    }

    List<Integer> statuses(String path) {
        return requests(path, "status");
    }

    private <T> List<T> requests(String path, String field) {
        return given().queryParams(Map.of("path", path)).get(control + "/requests").then().statusCode(200).extract()
                .path("requests." + field);
    }
}
