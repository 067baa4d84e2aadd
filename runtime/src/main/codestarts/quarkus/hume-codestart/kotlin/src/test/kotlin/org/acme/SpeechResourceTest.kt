package org.acme

import io.quarkus.test.junit.QuarkusTest
import io.restassured.RestAssured.given
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

/** Talks to the emulator of Hume, unless there is an API key in the environment. */
@QuarkusTest
class SpeechResourceTest {

    @Test
    fun testTextIsSpoken() {
        val sound = given().contentType("text/plain").body("Good morning")
            .post("/speech")
            .then().statusCode(200).contentType("audio/wav").extract().asByteArray()

        assertEquals("RIFF", String(sound, 0, 4), "start of a WAV file")
        assertTrue(sound.size > 10_000, "some sound")
    }

    @Test
    fun testBlankTextIsRefused() {
        given().contentType("text/plain").body(" ")
            .post("/speech")
            .then().statusCode(400)
    }
}
