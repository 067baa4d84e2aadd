package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.logging.LogRecord;

import jakarta.inject.Inject;

import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.hume.HumeTokens;
import io.quarkus.test.QuarkusUnitTest;

/**
 * Like {@link CanaryTest}, with health, metrics and tracing: no response of these, no span and no log record contains a
 * secret, and no span contains the headers of the extension.
 */
class ObservedCanaryTest {

    private static final SecretSearch SECRETS = SecretSearch.of(ScriptedHume.API_KEY, ScriptedHume.SECRET_KEY,
            ScriptedHume.TOKEN);

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .setForcedDependencies(ForcedExtensions.of(ForcedExtensions.HEALTH, ForcedExtensions.METRICS,
                    ForcedExtensions.TRACING))
            .withApplicationRoot(
                    jar -> jar.addClasses(ForcedExtensions.class, ScriptedHume.class, VoiceClient.class, SecretSearch.class,
                            BrowserCall.class,
                            BrowserCall.Answer.class, SpanRecorder.class))
            .setBeforeAllCustomizer(ScriptedHume::start)
            .overrideConfigKey("hume.api-key", ScriptedHume.API_KEY)
            .overrideConfigKey("hume.secret-key", ScriptedHume.SECRET_KEY)
            .overrideConfigKey("hume.base-url", "${scripted.url}")
            .overrideConfigKey("hume.token.retry.delay", "1MS")
            .overrideConfigKey("hume.token.retry.max-delay", "2MS")
            .overrideConfigKey("hume.health.startup.enabled", "true")
            .overrideConfigKey("quarkus.otel.traces.exporter", "none")
            .overrideConfigKey("quarkus.log.min-level", "TRACE")
            .overrideConfigKey("quarkus.log.level", "TRACE")
            .overrideConfigKey("quarkus.log.console.level", "WARN")
            .setLogRecordPredicate(record -> true)
            .assertLogRecords(ObservedCanaryTest::assertNoSecretInLog);

    @RestClient
    VoiceClient voice;
    @Inject
    HumeTokens tokens;
    @Inject
    SpanRecorder recorder;

    @AfterEach
    void recover() {
        ScriptedHume.mode("well");
        await().ignoreExceptions().until(() -> voice.plain() != null);
    }

    @ParameterizedTest
    @ValueSource(strings = { "token-echoed", "token-refused", "token-nonsense", "token-illegal", "token-closed",
            "api-unauthorized", "api-broken", "api-closed" })
    void failure_isObservedWithoutSecrets(String mode) {
        await().ignoreExceptions().until(() -> voice.plain() != null);
        recorder.clear();
        if (mode.startsWith("token")) {
            tokens.reject(tokens.await());
        }
        ScriptedHume.mode(mode);
        attempt(() -> voice.plain());
        attempt(() -> voice.withApiKey());
        attempt(() -> tokens.await());
        await().until(() -> recorder.spans().size() >= 2);
        String health = BrowserCall.anonymous().get("/q/health").body();
        assertThat(health).contains("Hume accounts health check", "Hume first tokens health check");
        // A response without a body has been seen once, on a busy machine.
        String metrics = await().until(() -> BrowserCall.anonymous().get("/q/metrics").body(),
                text -> text.contains("hume_token_requests_total"));
        assertThat(recorder.lines()).anyMatch(line -> line.contains("url.full"));
        assertThat(SECRETS.findings(health)).isEmpty();
        assertThat(SECRETS.findings(metrics)).isEmpty();
        assertThat(SECRETS.findings(String.join("\n", recorder.lines()))).isEmpty();
    }

    private static void attempt(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            assertThat(SECRETS.findings(SecretSearch.text(e))).isEmpty();
        }
    }

    private static void assertNoSecretInLog(List<LogRecord> records) {
        String log = SecretSearch.text(records);
        assertThat(log).contains("HUME0003");
        assertThat(SECRETS.findings(log)).isEmpty();
    }
}
