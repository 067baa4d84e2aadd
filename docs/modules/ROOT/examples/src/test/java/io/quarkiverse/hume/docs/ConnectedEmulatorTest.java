package io.quarkiverse.hume.docs;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import io.quarkiverse.hume.test.ConnectHumeEmulator;
import io.quarkiverse.hume.test.HumeEmulator;
import io.quarkus.test.junit.QuarkusTest;

/** What the page on testing says of the annotation: where it works, and what one test leaves to the next. */
@QuarkusTest
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ConnectedEmulatorTest extends ConnectedEmulator {

    @ConnectHumeEmulator
    private HumeEmulator emulator;

    @Test
    @Order(1)
    void fieldOfASuperclass_isSet() {
        assertThat(inherited().uri()).isEqualTo(emulator.uri());
    }

    @Test
    @Order(2)
    void faultsKeysAndRevokedTokens_areReset() {
        speak(200);
        emulator.tokenEndpoint().fail(503);
        emulator.api().fail(500);
        emulator.revokeTokens();
        emulator.account("cloud").regenerateKeys();
    }

    @Test
    @Order(3)
    void nextTest_startsWithTheApplicationsTokenAndKeys() {
        emulator.requests().areEmpty();
        speak(200);
        emulator.requests("/v0/tts").haveStatuses(200);
        emulator.tokenRequests().areEmpty();
        assertThat(emulator.account("cloud").keys().apiKey()).endsWith("-1");
    }

    private static void speak(int status) {
        given().contentType("text/plain").body("Good morning").post("/speech").then().statusCode(status);
    }

    @Nested
    class InAnotherClass {

        @ConnectHumeEmulator(reset = false)
        HumeEmulator own;

        @Test
        void bothFields_areSet() {
            assertThat(own.uri()).isEqualTo(emulator.uri());
        }
    }
}

abstract class ConnectedEmulator {

    @ConnectHumeEmulator
    private HumeEmulator emulator;

    HumeEmulator inherited() {
        return emulator;
    }
}
