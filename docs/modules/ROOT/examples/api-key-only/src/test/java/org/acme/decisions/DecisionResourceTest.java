package org.acme.decisions;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

import org.junit.jupiter.api.Test;

import io.quarkus.test.junit.QuarkusTest;

// tag::test[]
@QuarkusTest
class DecisionResourceTest {

    @Test
    void question_isAnswered() throws IOException {
        given().multiPart("question", "Does the speaker sound calm?")
                .multiPart("recording", "recording.wav", twoSecondsOfSilence(), "audio/wav")
                .post("/decisions")
                .then().statusCode(200).body("noul", is(lessThan(1F)));
    }

    private static byte[] twoSecondsOfSilence() throws IOException {
        var format = new AudioFormat(8_000, 16, 1, true, false);
        var silence = new AudioInputStream(new ByteArrayInputStream(new byte[32_000]), format, 16_000);
        var file = new ByteArrayOutputStream();
        AudioSystem.write(silence, AudioFileFormat.Type.WAVE, file);
        return file.toByteArray();
    }
}
// end::test[]
