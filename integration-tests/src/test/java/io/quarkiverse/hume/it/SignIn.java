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

    /** The emulator with its first keys, and the application with them and a token that is good. */
    void resetEverything() {
        request().contentType("application/json").body("{}").post("/operator/reset").then().statusCode(204);
        // The reset has made the token worthless, which a call finds out.
        await().atMost(Duration.ofSeconds(60)).until(() -> given().get("/voices").statusCode() == 200);
        // Of two tokens that are revoked within a second, the second is replaced only after it.
        await().pollDelay(Duration.ofMillis(1_500)).until(() -> true);
    }
}
