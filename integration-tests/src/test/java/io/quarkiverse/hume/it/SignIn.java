package io.quarkiverse.hume.it;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import java.time.Duration;

import io.restassured.specification.RequestSpecification;

/** A signed-in user without a browser. */
final class SignIn {

    private static final String COOKIE = "voice-service";

    private final String cookie;

    private SignIn(String cookie) {
        this.cookie = cookie;
    }

    static SignIn as(String name) {
        return new SignIn(given().formParam("j_username", name).formParam("j_password", name).post("/j_security_check").then()
                .statusCode(200).extract().cookie(COOKIE));
    }

    RequestSpecification request() {
        return given().cookie(COOKIE, cookie);
    }

    /** Returns the emulator to its first keys, and waits until the application has them and a valid token. */
    void resetEverything() {
        request().contentType("application/json").body("{}").post("/operator/reset").then().statusCode(204);
        // The reset has invalidated the token. The first call detects this.
        await().atMost(Duration.ofSeconds(60)).until(() -> given().get("/voices").statusCode() == 200);
        // If two tokens are revoked within one second, the second is replaced only after that second.
        await().pollDelay(Duration.ofMillis(1_500)).until(() -> true);
    }
}
