package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeTokens;
import io.quarkiverse.hume.test.BrowserCall.Answer;
import io.quarkus.test.QuarkusUnitTest;

/**
 * {@code hume.health.startup.enabled}: down until every account has received its first token, and up from then on. This
 * includes
 * accounts with the API key strategy whose tokens the application uses.
 */
class StartupHealthTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .setForcedDependencies(ForcedExtensions.of(ForcedExtensions.HEALTH))
            .withApplicationRoot(
                    jar -> jar.addClasses(ForcedExtensions.class, ScriptedHume.class, BrowserCall.class, Answer.class))
            .setBeforeAllCustomizer(() -> {
                ScriptedHume.start();
                ScriptedHume.mode("token-refused");
            })
            .overrideConfigKey("hume.health.startup.enabled", "true")
            .overrideConfigKey("hume.api-key", ScriptedHume.API_KEY)
            .overrideConfigKey("hume.secret-key", ScriptedHume.SECRET_KEY)
            .overrideConfigKey("hume.base-url", "${scripted.url}")
            .overrideConfigKey("hume.token.retry.delay", "100MS")
            .overrideConfigKey("hume.token.retry.max-delay", "200MS")
            .overrideConfigKey("hume.accounts.\"idle\".api-key", ScriptedHume.API_KEY)
            .overrideConfigKey("hume.accounts.\"idle\".secret-key", ScriptedHume.SECRET_KEY)
            .overrideConfigKey("hume.accounts.\"idle\".base-url", "${scripted.url}")
            .overrideConfigKey("hume.accounts.\"idle\".token.acquire-at-startup", "false")
            .overrideConfigKey("hume.accounts.\"both\".api-key", ScriptedHume.API_KEY)
            .overrideConfigKey("hume.accounts.\"both\".secret-key", ScriptedHume.SECRET_KEY)
            .overrideConfigKey("hume.accounts.\"both\".base-url", "${scripted.url}")
            .overrideConfigKey("hume.accounts.\"both\".strategy", "api-key")
            .overrideConfigKey("hume.accounts.\"both\".token.retry.delay", "100MS")
            .overrideConfigKey("hume.accounts.\"both\".token.retry.max-delay", "200MS")
            .overrideConfigKey("hume.accounts.\"key\".api-key", ScriptedHume.API_KEY)
            .overrideConfigKey("hume.accounts.\"key\".strategy", "api-key");

    @Inject
    HumeTokens tokens;
    @Inject
    @HumeAccount("both")
    HumeTokens tokensBesideApiKey;

    @Test
    void started_onceEveryAwaitedAccountHadAToken() {
        await().until(() -> started().body().contains("<default>.reason") && started().body().contains("both.reason"));
        Answer before = started();
        assertThat(before.status()).isEqualTo(503);
        assertThat(before.body())
                .contains("Hume first tokens health check", "<default>.failing-since", "both.failing-since",
                        "CREDENTIALS_REJECTED")
                .doesNotContain("idle").doesNotContain("\"key\"").doesNotContain(ScriptedHume.SECRET_KEY);
        Answer notReady = BrowserCall.anonymous().get("/q/health/ready");
        assertThat(notReady.status()).isEqualTo(503);
        assertThat(notReady.json().getJsonArray("checks").getJsonObject(0).getJsonObject("data").getMap())
                .containsEntry("both", "DOWN").containsEntry("both.strategy", "api-key")
                .containsEntry("both.reason", "CREDENTIALS_REJECTED")
                .containsEntry("key", "UP").doesNotContainKey("key.reason");
        ScriptedHume.mode("well");
        await().until(() -> started().status() == 200);
        assertThat(started().body()).contains("both");
        ScriptedHume.mode("token-refused");
        tokens.reject(tokens.await());
        assertThatThrownBy(tokens::await).isNotNull();
        assertThat(BrowserCall.anonymous().get("/q/health/ready").status()).isEqualTo(503);
        assertThat(started().status()).isEqualTo(200);
    }

    private static Answer started() {
        return BrowserCall.anonymous().get("/q/health/started");
    }
}
