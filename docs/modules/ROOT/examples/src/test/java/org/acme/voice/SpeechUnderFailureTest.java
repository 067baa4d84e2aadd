package org.acme.voice;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import org.junit.jupiter.api.Test;

import io.quarkiverse.hume.test.ConnectHumeEmulator;
import io.quarkiverse.hume.test.HumeEmulator;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;

// tag::test[]
@QuarkusTest
class SpeechUnderFailureTest {

    @ConnectHumeEmulator
    HumeEmulator emulator; // <1>

    @Test
    void revokedToken_isReplacedWithoutTheCallerNoticing() {
        speak().statusCode(200);
        emulator.revokeTokens();
        speak().statusCode(200);

        emulator.requests("/v0/tts").haveStatuses(200, 401, 200); // <2>
    }

    @Test
    void outageOfTheTokenEndpoint_isReported() {
        emulator.tokenEndpoint().fail(503);
        emulator.revokeTokens();

        speak().statusCode(503).body(equalTo("TOKEN_ENDPOINT_UNAVAILABLE"));
    }

    private static ValidatableResponse speak() {
        return given().contentType("text/plain").body("Good morning").post("/speech").then();
    }
}
// end::test[]
