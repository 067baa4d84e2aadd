package io.quarkiverse.hume.it;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Cookie;
import io.restassured.specification.RequestSpecification;

/** The access rules of the endpoints, which do not depend on what the page shows. Runs in the test's process and packaged. */
@QuarkusTest
class AccessTest {

    private static RequestSpecification upgrade(RequestSpecification request) {
        return request.header("Connection", "Upgrade").header("Upgrade", "websocket").header("Sec-WebSocket-Version", "13")
                .header("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
    }

    private static RequestSpecification json(RequestSpecification request) {
        return request.contentType("application/json").body("{}");
    }

    @ParameterizedTest
    @CsvSource({ "GET,/hume/token", "POST,/hume/token", "GET,/conversation", "POST,/conversation/rejections", "GET,/operator",
            "POST,/operator/revoke", "PUT,/operator/outage", "PUT,/operator/slow", "PUT,/operator/short-lived",
            "POST,/operator/keys", "POST,/operator/connections", "POST,/operator/reset", "POST,/webhooks/samples",
            "POST,/hume/relay/v0/decisions/file", "POST,//operator/reset", "POST,/operator;a=b/reset",
            "POST,/operator/reset;a=b",
            "POST,/%6fperator/reset" })
    void anonymous_isUnauthorized(String method, String path) {
        json(given().urlEncodingEnabled(false)).request(method, path).then().statusCode(401);
    }

    @ParameterizedTest
    @ValueSource(strings = { "/hume/relay/v1/expression/audio/realtime", "/webhooks/live" })
    void anonymous_opensNoSocket(String path) {
        upgrade(given()).get(path).then().statusCode(401);
    }

    @ParameterizedTest
    @CsvSource({ "GET,/operator", "POST,/operator/revoke", "PUT,/operator/outage", "POST,/operator/keys",
            "POST,/operator/reset" })
    void guest_isNoOperator(String method, String path) {
        json(SignIn.as("guest").request()).request(method, path).then().statusCode(403);
    }

    @ParameterizedTest
    @ValueSource(strings = { "https://evil.example", "http://localhost:1", "null" })
    void otherSite_isRejectedEvenWithTheCookie(String origin) {
        SignIn operator = SignIn.as("operator");
        for (String path : List.of("/operator/revoke", "/conversation/rejections", "/webhooks/samples", "/hume/token",
                "/hume/relay/v0/decisions/file")) {
            json(operator.request()).header("Origin", origin).post(path).then().statusCode(403).body(equalTo(""));
        }
        for (String path : List.of("/hume/relay/v1/expression/audio/realtime", "/webhooks/live")) {
            upgrade(operator.request()).header("Origin", origin).get(path).then().statusCode(403);
        }
        given().header("Origin", origin).formParam("j_username", "guest").formParam("j_password", "guest")
                .post("/j_security_check").then().statusCode(403).header("Set-Cookie", nullValue());
    }

    @Test
    void form_ofAnotherSite_isRejected() {
        SignIn.as("operator").request().formParam("on", "true").post("/operator/revoke").then().statusCode(415);
        SignIn.as("operator").request().contentType("text/plain").body("{}").post("/operator/revoke").then().statusCode(415);
    }

    @Test
    void cookie_isNotReadableByScriptsAndOtherSites() {
        Cookie cookie = given().formParam("j_username", "guest").formParam("j_password", "guest").post("/j_security_check")
                .then().statusCode(200).extract().detailedCookie("voice-service");
        assertThat(cookie.isHttpOnly()).isTrue();
        assertThat(cookie.getSameSite()).isEqualTo("Strict");
    }

    @Test
    void wrongPassword_isUnauthorizedWithoutACookie() {
        given().formParam("j_username", "guest").formParam("j_password", "operator").post("/j_security_check").then()
                .statusCode(401).header("Set-Cookie", nullValue());
    }

    @Test
    void session_saysWhoIsSignedIn() {
        given().get("/session").then().statusCode(200).body("user", nullValue()).body("operator", equalTo(false))
                .body("emulator", equalTo(true)).body("demoUsers.name", hasItem("guest"));
        SignIn.as("operator").request().get("/session").then().statusCode(200).body("user", equalTo("operator"))
                .body("operator", equalTo(true));
        SignIn.as("guest").request().delete("/session").then().statusCode(204).header("Set-Cookie", not(empty()))
                .cookie("voice-service", equalTo(""));
    }

    @Test
    void everyPage_restrictsWhereScriptsComeFrom() {
        String policy = given().get("/").then().statusCode(200).extract().header("Content-Security-Policy");
        assertThat(policy).startsWith("default-src 'self';").doesNotContain("unsafe");
    }
}
