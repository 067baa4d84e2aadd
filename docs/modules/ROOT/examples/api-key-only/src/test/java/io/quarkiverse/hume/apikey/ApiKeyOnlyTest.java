package io.quarkiverse.hume.apikey;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;

import java.util.List;

import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

import io.quarkus.test.junit.QuarkusTest;

/** Everything works without what only access tokens need; run once in the test's process and once packaged. */
@QuarkusTest
class ApiKeyOnlyTest {

    private final String control = ConfigProvider.getConfig().getValue("hume.emulator.url", String.class) + "/emulator";

    @Test
    void call_carriesTheApiKey() {
        given().delete(control + "/requests").then().statusCode(200);
        given().get("/configs").then().statusCode(200).body("$", hasKey("configs_page"));
        given().get(control + "/requests").then().statusCode(200)
                .body("requests.path", equalTo(List.of("/v0/evi/configs")))
                .body("requests.credential", equalTo(List.of("api-key")));
    }
}
