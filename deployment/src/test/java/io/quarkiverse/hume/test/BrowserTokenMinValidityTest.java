package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Map;

import jakarta.inject.Inject;

import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeTokens;
import io.quarkiverse.hume.test.BrowserCall.Answer;
import io.quarkus.test.QuarkusUnitTest;

/** No browser gets a token that is about to expire. */
class BrowserTokenMinValidityTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = BrowserTokenUsers.application(VoiceClient.class)
            .overrideConfigKey("hume.token.acquire-at-startup", "false")
            .overrideConfigKey("hume.browser-token.limit-per-minute", "1000")
            .overrideConfigKey("hume.browser-token.min-validity", "18900MS");

    @RestClient
    VoiceClient voice;
    @Inject
    HumeTokens tokens;

    @BeforeEach
    void forgetTheRequests() {
        EmulatorControl.reset();
        EmulatorControl.call("DELETE", "/requests", null);
    }

    @AfterEach
    void reset() {
        EmulatorControl.reset();
    }

    private static Answer call() {
        Answer answer = BrowserCall.as("alice").get("/hume/token");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer;
    }

    @Test
    void tokenWithTooLittleLeft_isNotHandedOutThoughOthersUseIt() {
        // Of 20 seconds, one is for the transit: the token is good enough for a tenth of a second.
        EmulatorControl.call("PUT", "/token", Map.of("lifetime_seconds", 20));
        EmulatorControl.renewTheToken();
        String first = call().token();
        assertThat(tokens.await().value()).isEqualTo(first);
        await().until(() -> {
            Answer answer = call();
            assertThat(answer.json().getInteger("expires_in")).isBetween(18, 20);
            return !answer.token().equals(first);
        });
        assertThat(EmulatorControl.tokenRequests()).isGreaterThan(1);
    }

    @Test
    void tokenThatNeverLivesSoLong_isHandedOutAndNotRequestedAgainAndAgain() {
        EmulatorControl.call("PUT", "/token", Map.of("lifetime_seconds", 15));
        EmulatorControl.renewTheToken();
        String first = call().token();
        for (int again = 0; again < 5; again++) {
            Answer answer = call();
            assertThat(answer.token()).isEqualTo(first);
            assertThat(answer.json().getInteger("expires_in")).isBetween(1, 15);
        }
        assertThat(EmulatorControl.tokenRequests()).isEqualTo(1);
    }

    @Test
    void tokenWithEnoughLeft_isTheOneThatAllUse() {
        EmulatorControl.renewTheToken();
        String first = call().token();
        assertThat(call().token()).isEqualTo(first).isEqualTo(tokens.await().value());
        assertThat(EmulatorControl.tokenRequests()).isEqualTo(1);
    }
}
