package org.acme.voice;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;

// tag::test[]
@QuarkusTest
class SpeechUnderFailureTest {

    @ConfigProperty(name = "hume.emulator.url")
    String emulator;

    @Test
    void revokedToken_isReplacedWithoutTheCallerNoticing() {
        speak().statusCode(200);
        given().delete(emulator + "/emulator/requests");
        given().post(emulator + "/emulator/tokens/revoke");

        speak().statusCode(200);

        given().get(emulator + "/emulator/requests?path=/v0/tts")
                .then().body("requests.status", contains(401, 200));
    }

    @Test
    void outageOfTheTokenEndpoint_isReported() {
        given().contentType("application/json").body("{\"status\": 503}").put(emulator + "/emulator/token/fault");
        given().post(emulator + "/emulator/tokens/revoke");

        speak().statusCode(503).body(equalTo("TOKEN_ENDPOINT_UNAVAILABLE"));
    }

    private static ValidatableResponse speak() {
        return given().contentType("text/plain").body("Good morning").post("/speech").then();
    }
    // end::test[]

    @BeforeEach
    @AfterEach
    void healthy() {
        new Emulator().healthy();
    }
    // tag::test[]
}
// end::test[]
