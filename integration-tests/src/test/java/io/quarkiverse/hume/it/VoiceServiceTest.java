package io.quarkiverse.hume.it;

import static io.quarkiverse.hume.test.CredentialKind.API_KEY;
import static io.quarkiverse.hume.test.CredentialKind.TOKEN;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.List;

import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.hume.test.ConnectHumeEmulator;
import io.quarkiverse.hume.test.HumeEmulator;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;

/** The application as a user calls it. Runs in the test's process and packaged. */
@QuarkusTest
class VoiceServiceTest {

    @ConnectHumeEmulator(reset = false)
    HumeEmulator emulator;

    @BeforeEach
    void forgetEarlierTests() {
        emulator.recover();
        await().atMost(Duration.ofSeconds(60)).until(() -> given().get("/voices").statusCode() == 200);
        // If two tokens are revoked within one second, the second is replaced only after that second.
        await().pollDelay(Duration.ofMillis(1_500)).until(() -> true);
        emulator.forgetRequests();
    }

    @Test
    void speech_isAudibleAndWasRequestedWithAToken() throws Exception {
        byte[] audio = speak("Good morning").statusCode(200).contentType("audio/wav").extract().asByteArray();
        AudioInputStream wave = AudioSystem.getAudioInputStream(new ByteArrayInputStream(audio));
        assertThat(wave.getFormat().getSampleRate()).isEqualTo(48_000);
        assertThat(wave.getFrameLength()).isGreaterThan(4_800);
        byte[] samples = wave.readAllBytes();
        int loudest = 0;
        for (int i = 0; i + 1 < samples.length; i += 2) {
            loudest = Math.max(loudest, Math.abs((short) (samples[i] & 0xff | samples[i + 1] << 8)));
        }
        assertThat(loudest).isGreaterThan(1_000);
        emulator.requests("/v0/tts").haveCredentials(TOKEN);
    }

    @Test
    void voicesAndConfigs_areListed() {
        given().get("/voices").then().statusCode(200).body("voices_page", hasSize(greaterThan(0)));
        given().get("/configs").then().statusCode(200).body("configs_page", hasSize(greaterThan(0)));
    }

    @Test
    void decision_isAskedOfTheOtherAccountWithItsKey() {
        byte[] recording = speak("Good morning").extract().asByteArray();
        // Another test may have left a key that is no longer valid, which the first call replaces.
        given().multiPart("question", "Is it short?").multiPart("recording", "speech.wav", recording, "audio/wav")
                .post("/decisions").then().statusCode(200);
        emulator.forgetRequests();
        // As in the README.
        given().multiPart("question", "Does the speaker sound calm?").multiPart("recording", "speech.wav", recording,
                "audio/wav").post("/decisions").then().statusCode(200)
                .body(equalTo("{\"answer\":\"yes\",\"probability\":0.733}"));
        emulator.requests("/v0/decisions/file").haveCredentials(API_KEY);
    }

    @Test
    void status_tellsAccountsWithoutSecrets() {
        speak("Hello").statusCode(200);
        String status = given().get("/status").then().statusCode(200)
                .body("account", equalTo(List.of("<default>", "cloud")))
                .body("strategy", equalTo(List.of("TOKEN", "API_KEY")))
                .body("[0].token.valid", is(true))
                .extract().asString();
        assertThat(status).doesNotContain("emulator-api-key", "emulator-secret-key", "Bearer");
    }

    @Test
    void revokedToken_isHealedWithoutTheUserNoticing() {
        speak("Hello").statusCode(200);
        emulator.revokeTokens();
        speak("Hello again").statusCode(200);
        emulator.requests("/v0/tts").haveStatuses(200, 401, 200);
    }

    @Test
    void emptyText_isTheCallersMistake() {
        speak(" ").statusCode(400);
    }

    @Test
    void startPage_isServed() {
        given().get("/").then().statusCode(200).contentType(containsString("text/html")).body(containsString("Hume"));
    }

    private static ValidatableResponse speak(String text) {
        return given().contentType("text/plain").body(text).post("/speech").then();
    }
}
