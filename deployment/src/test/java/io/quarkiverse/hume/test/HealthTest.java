package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import jakarta.inject.Inject;

import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.AccessToken;
import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeTokens;
import io.quarkiverse.hume.test.BrowserCall.Answer;
import io.quarkus.test.QuarkusUnitTest;
import io.vertx.core.json.JsonObject;

/** The readiness check reports accounts in every state, and makes no network call. */
class HealthTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .setForcedDependencies(ForcedExtensions.of(ForcedExtensions.HEALTH))
            .withApplicationRoot(
                    jar -> jar.addClasses(ForcedExtensions.class, VoiceClient.class, ApplicationToken.class, BrowserCall.class,
                            Answer.class))
            .overrideConfigKey("hume.accounts.\"cloud\".strategy", "api-key")
            .overrideConfigKey("hume.accounts.\"idle\".token.acquire-at-startup", "false")
            .overrideConfigKey("hume.token.retry.delay", "100MS")
            .overrideConfigKey("hume.token.check-every", "1H")
            .overrideConfigKey("hume.accounts.\"idle\".token.check-every", "1H");

    @RestClient
    VoiceClient voice;
    @Inject
    HumeTokens tokens;
    @Inject
    @HumeAccount("idle")
    HumeTokens idle;

    @BeforeEach
    @AfterEach
    void recover() {
        ApplicationToken.renew();
    }

    @Test
    void accountWithAToken_isUpAndReportsTheExpiry() {
        AccessToken token = tokens.await();
        Answer answer = ready(200);
        assertThat(check(answer).getString("status")).isEqualTo("UP");
        assertThat(data(answer)).containsEntry("<default>", "UP").containsEntry("<default>.strategy", "token")
                .containsEntry("<default>.token-expires-at", token.expiresAt().toString())
                .doesNotContainKeys("<default>.reason", "<default>.failing-since", "<default>.next-attempt");
    }

    @Test
    void accountWithAnApiKey_isUp() {
        assertThat(data(ready(200))).containsEntry("cloud", "UP").containsEntry("cloud.strategy", "api-key")
                .doesNotContainKey("cloud.reason");
    }

    @Test
    void accountThatHasNotFetchedYet_isUp() {
        assertThat(data(ready(200))).containsEntry("idle", "UP").containsEntry("idle.strategy", "token")
                .doesNotContainKeys("idle.token-expires-at", "idle.reason");
    }

    @Test
    void droppedToken_doesNotMakeTheAccountDown() {
        tokens.reject(tokens.await());
        assertThat(data(ready(200))).containsEntry("<default>", "UP").doesNotContainKey("<default>.token-expires-at");
    }

    @Test
    void rejectedKeys_areDownWithReasonStartAndNextAttempt() {
        Instant before = Instant.now();
        HumeEmulator.connect().tokenEndpoint().fail(HumeFault.status(429).header("Retry-After", "2"));
        tokens.reject(tokens.await());
        assertThatThrownBy(tokens::await).isNotNull();
        Answer answer = ready(503);
        assertThat(check(answer).getString("status")).isEqualTo("DOWN");
        Map<String, Object> data = data(answer);
        assertThat(data).containsEntry("<default>", "DOWN").containsEntry("cloud", "UP")
                .containsEntry("<default>.reason", "TOKEN_ENDPOINT_RATE_LIMITED");
        assertThat(Instant.parse((String) data.get("<default>.failing-since"))).isBetween(before, Instant.now());
        assertThat(Instant.parse((String) data.get("<default>.next-attempt"))).isBetween(before.plusSeconds(1),
                Instant.now().plusSeconds(3));
        recover();
        assertThat(data(ready(200))).containsEntry("<default>", "UP").doesNotContainKey("<default>.failing-since");
    }

    @Test
    void probes_makeNoRequest() {
        HumeEmulator.connect().tokenEndpoint().fail(401);
        tokens.reject(tokens.await());
        assertThatThrownBy(tokens::await).isNotNull();
        await().until(() -> !data(ready(503)).containsKey("<default>.next-attempt"));
        int requests = all().size();
        for (int probe = 0; probe < 20; probe++) {
            ready(503);
        }
        assertThat(all()).hasSize(requests);
    }

    @Test
    void everyAnswer_isFreeOfSecrets() {
        String token = tokens.await().value();
        HumeEmulator.connect().tokenEndpoint().fail(HumeFault.status(500).body("emulator-secret-key"));
        String up = ready(200).body();
        tokens.reject(tokens.await());
        assertThatThrownBy(tokens::await).isNotNull();
        String down = ready(503).body();
        assertThat(up + down).doesNotContain(token).doesNotContain("emulator-api-key").doesNotContain("emulator-secret-key")
                .doesNotContain("127.0.0.1").doesNotContain("hume.");
    }

    @Test
    void startupCheck_isThereOnlyOnRequest() {
        assertThat(BrowserCall.anonymous().get("/q/health/started").body()).doesNotContain("Hume");
    }

    private static List<RecordedRequest> all() {
        return HumeEmulator.connect().requests().list();
    }

    private static Answer ready(int status) {
        Answer answer = BrowserCall.anonymous().get("/q/health/ready");
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        return answer;
    }

    private static JsonObject check(Answer answer) {
        List<JsonObject> checks = answer.json().getJsonArray("checks").stream().map(JsonObject.class::cast)
                .filter(check -> check.getString("name").equals("Hume accounts health check")).toList();
        assertThat(checks).hasSize(1);
        return checks.get(0);
    }

    private static Map<String, Object> data(Answer answer) {
        return check(answer).getJsonObject("data").getMap();
    }
}
