package org.acme.voice;

import static io.restassured.RestAssured.given;

import org.junit.jupiter.api.Test;

import io.quarkus.test.junit.QuarkusTest;

// tag::test[]
@QuarkusTest
class SpeechResourceTest {

    @Test
    void text_isSpoken() {
        given().contentType("text/plain").body("Good morning")
                .post("/speech")
                .then().statusCode(200).contentType("audio/wav");
    }
}
// end::test[]
