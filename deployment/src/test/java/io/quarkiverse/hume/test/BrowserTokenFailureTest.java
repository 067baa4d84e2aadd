package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import jakarta.inject.Inject;

import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeTokens;
import io.quarkiverse.hume.test.BrowserCall.Answer;
import io.quarkus.test.QuarkusUnitTest;

/** No token can be obtained, or not at once. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BrowserTokenFailureTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = BrowserTokenUsers.application(VoiceClient.class)
            .overrideConfigKey("quarkus.http.io-threads", "1")
            .overrideConfigKey("hume.token.acquire-at-startup", "false")
            // A look of the refresher between losing a token and the fault would fetch another one.
            .overrideConfigKey("hume.token.check-every", "1M")
            .overrideConfigKey("hume.token.retry.max-retries", "0")
            .overrideConfigKey("hume.token.retry.delay", "20MS")
            .overrideConfigKey("hume.token.retry.max-delay", "100MS")
            .overrideConfigKey("hume.browser-token.limit-per-minute", "1000");

    @RestClient
    VoiceClient voice;
    @Inject
    HumeTokens tokens;

    private static Answer call() {
        return BrowserCall.as("alice").get("/hume/token");
    }

    private void loseTheToken() {
        HumeEmulator.connect().resetWithTokens();
        ApplicationToken.renew();
        tokens.reject(tokens.await());
        HumeEmulator.connect().forgetRequests();
    }

    @AfterEach
    void reset() {
        HumeEmulator.connect().resetWithTokens();
    }

    private static int assertUnavailable(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(503);
        assertThat(answer.headers().get("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.headers().get("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.json().getString("title")).isEqualTo("Service Unavailable");
        assertThat(answer.json().getString("type")).isEqualTo("about:blank");
        assertThat(answer.json().getInteger("status")).isEqualTo(503);
        assertThat(answer.headers() + answer.body()).doesNotContain("emulator-api-key", "emulator-secret-key",
                HumeEmulator.connect().uri().toString(), "oauth2-cc", "Basic ");
        return Integer.parseInt(answer.headers().get("Retry-After"));
    }

    @Test
    @Order(1)
    void failure_isUnavailableUntilTheNextSuccess() {
        loseTheToken();
        HumeEmulator.connect().tokenEndpoint().fail(HumeFault.status(500).body("emulator-secret-key"));
        assertThat(assertUnavailable(call())).isEqualTo(1);
        assertThat(assertUnavailable(call())).isEqualTo(1);
        HumeEmulator.connect().tokenEndpoint().recover();
        await().until(() -> call().status() == 200);
    }

    @Test
    @Order(2)
    void slowToken_blocksNoEventLoopAndIsRequestedOnce() {
        loseTheToken();
        HumeEmulator.connect().tokenEndpoint().latency(Duration.ofMillis(2000));
        List<CompletableFuture<Answer>> waiting = BrowserCall.simultaneously(5, BrowserTokenFailureTest::call);
        await().until(() -> HumeEmulator.connect().tokenRequests().size() == 1);
        assertThat(BrowserCall.anonymous().get("/hume/token").status()).isEqualTo(401);
        assertThat(waiting).noneMatch(CompletableFuture::isDone);
        assertThat(waiting).extracting(answer -> answer.join().token()).containsOnly(tokens.await().value());
        HumeEmulator.connect().tokenRequests().haveSize(1);
    }

    @Test
    @Order(3)
    void anonymous_doesNotSeeTheFailure() {
        loseTheToken();
        HumeEmulator.connect().tokenEndpoint().fail(500);
        assertThat(BrowserCall.anonymous().get("/hume/token").status()).isEqualTo(401);
        HumeEmulator.connect().tokenRequests().areEmpty();
    }

    @Test
    @Order(4)
    void tokenThatWouldInjectAHeader_isNotReturned() {
        loseTheToken();
        HumeEmulator.connect().tokenEndpoint()
                .fail(HumeFault.status(200).body("{\"access_token\":\"x\\r\\nSet-Cookie: evil=1\"}"));
        Answer answer = call();
        assertUnavailable(answer);
        assertThat(answer.headers() + answer.body()).doesNotContain("evil");
    }

    @Test
    @Order(5)
    void retryAfterOfHume_isForwarded() {
        loseTheToken();
        HumeEmulator.connect().tokenEndpoint().fail(HumeFault.status(429).header("Retry-After", "30"));
        call();
        assertThat(assertUnavailable(call())).isBetween(25, 31);
    }
}
