package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;

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
        HumeEmulator.connect().resetWithTokens();
        HumeEmulator.connect().forgetRequests();
    }

    @AfterEach
    void reset() {
        HumeEmulator.connect().resetWithTokens();
    }

    private static Answer call() {
        Answer answer = BrowserCall.as("alice").get("/hume/token");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer;
    }

    @Test
    void tokenBelowTheMinimumValidity_isNotReturnedWhileOthersUseIt() {
        // Of 20 seconds, one is for the transit: the token is good enough for a tenth of a second.
        HumeEmulator.connect().tokenEndpoint().lifetime(Duration.ofSeconds(20));
        ApplicationToken.renew();
        String first = call().token();
        assertThat(tokens.await().value()).isEqualTo(first);
        await().until(() -> {
            Answer answer = call();
            assertThat(answer.json().getInteger("expires_in")).isBetween(18, 20);
            return !answer.token().equals(first);
        });
        assertThat(HumeEmulator.connect().tokenRequests().size()).isGreaterThan(1);
    }

    @Test
    void tokenWithoutTheMinimumValidity_isReturnedWithoutRepeatedRequests() {
        HumeEmulator.connect().tokenEndpoint().lifetime(Duration.ofSeconds(15));
        ApplicationToken.renew();
        String first = call().token();
        for (int again = 0; again < 5; again++) {
            Answer answer = call();
            assertThat(answer.token()).isEqualTo(first);
            assertThat(answer.json().getInteger("expires_in")).isBetween(1, 15);
        }
        HumeEmulator.connect().tokenRequests().haveSize(1);
    }

    @Test
    void tokenWithTheMinimumValidity_isTheSharedToken() {
        ApplicationToken.renew();
        String first = call().token();
        assertThat(call().token()).isEqualTo(first).isEqualTo(tokens.await().value());
        HumeEmulator.connect().tokenRequests().haveSize(1);
    }
}
