package org.acme;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import io.quarkus.test.junit.QuarkusTest;

/** The application calls the emulator of Hume, or Hume itself if the environment contains an API key. */
@QuarkusTest
class SpeechResourceTest {

    @Test
    void testTextIsSpoken() {
        byte[] sound = given().contentType("text/plain").body("Good morning")
                .when().post("/speech")
                .then().statusCode(200).contentType("audio/wav").extract().asByteArray();

        assertEquals("RIFF", new String(sound, 0, 4, StandardCharsets.US_ASCII), "start of a WAV file");
        assertTrue(sound.length > 10_000, "some sound");
    }

    @Test
    void testBlankTextIsRefused() {
        given().contentType("text/plain").body(" ")
                .when().post("/speech")
                .then().statusCode(400);
    }
}
