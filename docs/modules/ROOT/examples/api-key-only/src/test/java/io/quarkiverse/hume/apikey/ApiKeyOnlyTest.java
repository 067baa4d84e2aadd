package io.quarkiverse.hume.apikey;

import static io.quarkiverse.hume.test.CredentialKind.API_KEY;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.hasKey;

import org.junit.jupiter.api.Test;

import io.quarkiverse.hume.test.ConnectHumeEmulator;
import io.quarkiverse.hume.test.HumeEmulator;
import io.quarkus.test.junit.QuarkusTest;

/** Everything works without what only access tokens need; run once in the test's process and once packaged. */
@QuarkusTest
class ApiKeyOnlyTest {

    @ConnectHumeEmulator
    HumeEmulator emulator;

    @Test
    void call_carriesTheApiKey() {
        given().get("/configs").then().statusCode(200).body("$", hasKey("configs_page"));
        emulator.requests().havePaths("/v0/evi/configs").haveCredentials(API_KEY);
    }
}
