package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.test.BrowserCall.Answer;
import io.quarkus.test.QuarkusUnitTest;

/** The rate limit of tokens for each user and minute. */
class BrowserTokenLimitTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = BrowserTokenUsers.application()
            // Keys and strategy are those of production, where these properties allow browser tokens.
            .overrideConfigKey("%prod.hume.strategy", "api-key")
            .overrideConfigKey("%prod.hume.secret-key", "${SECRET_THAT_IS_NOT_SET}")
            .overrideConfigKey("quarkus.security.users.embedded.users.carol", "carol")
            .overrideConfigKey("quarkus.security.users.embedded.roles.carol", "voice")
            // The switches that people set where something else retries must not remove what protects.
            .overrideConfigKey("smallrye.faulttolerance.enabled", "false")
            .overrideConfigKey("MP_Fault_Tolerance_NonFallback_Enabled", "false")
            .overrideConfigKey("hume.browser-token.limit-per-minute", "2");

    @Test
    void userOverTheLimit_hasToWaitAndOthersDoNot() {
        assertThat(BrowserCall.as("alice").get("/hume/token").status()).isEqualTo(200);
        assertThat(BrowserCall.as("alice").send("POST", "/hume/token/").status()).isEqualTo(200);
        Answer answer = BrowserCall.as("alice").get("/hume/token");
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.headers().get("Content-Type")).isEqualTo("application/problem+json");
        assertThat(Integer.parseInt(answer.headers().get("Retry-After"))).isBetween(1, 60);
        assertThat(answer.headers().get("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.json().getInteger("status")).isEqualTo(429);
        assertThat(answer.json().getString("title")).isEqualTo("Too Many Requests");
        assertThat(BrowserCall.as("bob").get("/hume/token").status()).isEqualTo(200);
        assertThat(BrowserCall.anonymous().get("/hume/token").status()).isEqualTo(401);
    }

    @Test
    void simultaneousRequests_areCountedOneByOne() {
        List<Integer> statuses = BrowserCall.simultaneously(8, () -> BrowserCall.as("carol").get("/hume/token")).stream()
                .map(answer -> answer.join().status()).toList();
        assertThat(statuses).filteredOn(status -> status == 200).hasSize(2);
        assertThat(statuses).filteredOn(status -> status == 429).hasSize(6);
    }
}
