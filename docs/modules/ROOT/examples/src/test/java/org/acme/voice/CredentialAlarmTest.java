package org.acme.voice;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import io.quarkiverse.hume.test.ConnectHumeEmulator;
import io.quarkiverse.hume.test.HumeEmulator;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class CredentialAlarmTest {

    @Inject
    CredentialAlarm alarm;

    @ConnectHumeEmulator
    HumeEmulator emulator;

    @Test
    void rejectedTokenAndOutage_areReported() {
        given().contentType("text/plain").body("Good morning").post("/speech").then().statusCode(200);
        emulator.tokenEndpoint().fail(503);
        emulator.revokeTokens();

        given().contentType("text/plain").body("Good morning").post("/speech").then().statusCode(503);

        await().until(() -> alarm.alarms().contains("Hume rejected the credential of <default>: TOKEN"));
        await().until(() -> alarm.alarms().contains("No new tokens for <default>: TOKEN_ENDPOINT_UNAVAILABLE"));
    }
}
