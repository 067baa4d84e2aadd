package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.util.List;
import java.util.logging.LogRecord;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.client.api.LoggingScope;
import org.jboss.resteasy.reactive.client.api.QuarkusRestClientProperties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeAccounts;
import io.quarkiverse.hume.HumeAuthenticated;
import io.quarkiverse.hume.HumeCredentials;
import io.quarkiverse.hume.HumeCredentialsProvider;
import io.quarkiverse.hume.HumeStrategy;
import io.quarkiverse.hume.HumeTokens;
import io.quarkiverse.hume.runtime.account.AccountRegistry;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.quarkus.test.QuarkusUnitTest;

/**
 * Known secrets, every log category at TRACE, logged requests and responses, and failures of every kind: no log record,
 * exception or {@code toString} contains a secret in any encoding. One client has its own logging scope and one does not, and
 * both are configured to log the bytes of connections; another one is built in code and uses HTTP/2.
 */
class CanaryTest {

    private static final Logger LOG = Logger.getLogger(CanaryTest.class);

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(ScriptedHume.class, VoiceClient.class, SecretSearch.class))
            .setBeforeAllCustomizer(ScriptedHume::start)
            .overrideConfigKey("hume.api-key", ScriptedHume.API_KEY)
            .overrideConfigKey("hume.secret-key", ScriptedHume.SECRET_KEY)
            .overrideConfigKey("hume.base-url", "${scripted.url}")
            .overrideConfigKey("hume.token.retry.delay", "1MS")
            .overrideConfigKey("hume.token.retry.max-delay", "2MS")
            .overrideConfigKey("quarkus.log.min-level", "TRACE")
            .overrideConfigKey("quarkus.log.level", "TRACE")
            .overrideConfigKey("quarkus.log.category.\"org.jboss.resteasy.reactive.client.logging\".level", "DEBUG")
            .overrideConfigKey("quarkus.log.console.level", "WARN")
            .overrideConfigKey("quarkus.rest-client.logging.scope", "all")
            .overrideConfigKey("quarkus.rest-client.logging.body-limit", "10000")
            .overrideConfigKey("quarkus.rest-client.voice.logging.scope", "all")
            .overrideConfigKey("quarkus.rest-client.voice.logging.body-limit", "0")
            .setLogRecordPredicate(record -> true)
            .assertLogRecords(CanaryTest::assertNoSecret);

    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "unscoped")
    @HumeAuthenticated
    public interface Unscoped {
        @GET
        String get();
    }

    @Path("/v0/evi/configs")
    @HumeAuthenticated
    public interface Built {
        @GET
        @HumeAuthenticated(strategy = HumeStrategy.API_KEY)
        String get();
    }

    @RestClient
    VoiceClient voice;
    @RestClient
    Unscoped unscoped;
    @Inject
    HumeTokens tokens;
    @Inject
    HumeAccounts accounts;
    @Inject
    AccountRegistry registry;
    @Inject
    HumeCredentialsProvider provider;

    @AfterEach
    void recover() {
        ScriptedHume.mode("well");
        await().ignoreExceptions().until(() -> voice.plain() != null);
    }

    @ParameterizedTest
    @ValueSource(strings = { "token-echoed", "token-refused", "token-nonsense", "token-illegal", "token-closed",
            "api-unauthorized", "api-broken", "api-closed" })
    void failure_isLogged(String mode) {
        ScriptedHume.mode(mode);
        attempt(mode, () -> registry.get(HumeAccount.DEFAULT).renewToken().toCompletableFuture().join());
        attempt(mode, () -> voice.plain());
        attempt(mode, () -> unscoped.get());
        attempt(mode, () -> voice.withApiKey());
        attempt(mode, () -> voice.uni().await().indefinitely());
        attempt(mode, () -> tokens.await());
    }

    /** Nothing in the configuration of these clients says that bytes are logged, and HTTP/2 logs frames in another way. */
    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void clientBuiltToLogBytes_isLogged(boolean http2) {
        QuarkusRestClientBuilder builder = QuarkusRestClientBuilder.newBuilder()
                .baseUri(URI.create(System.getProperty("scripted.url"))).loggingScope(LoggingScope.ALL)
                .property(QuarkusRestClientProperties.HTTP2, http2);
        attempt("built", () -> builder.build(Built.class).get());
        attempt("built", () -> QuarkusRestClientBuilder.newBuilder()
                .baseUri(URI.create(System.getProperty("scripted.url")))
                .httpClientOptionsCustomizer(options -> options.setLogActivity(true)).build(Built.class).get());
    }

    @Test
    void everythingWithAToString_isLogged() {
        HumeCredentials credentials = provider.getCredentials("<default>").await().indefinitely();
        for (Object object : List.of(tokens, tokens.await(), accounts, accounts.all(), provider, credentials, voice,
                HumeStrategy.values())) {
            LOG.info("toString: " + object);
        }
    }

    private static void attempt(String mode, Runnable call) {
        try {
            call.run();
            LOG.info(mode + ": succeeded");
        } catch (RuntimeException e) {
            LOG.error(mode + ": failed", e);
        }
    }

    private static void assertNoSecret(List<LogRecord> records) {
        String log = SecretSearch.text(records);
        // Proof that there was something to find it in:
        assertThat(log).contains("api-unauthorized: failed", "token-refused: failed", "Authorization=****",
                "X-Hume-Api-Key=****", "toString: ", "HUME0032");
        assertThat(records).anyMatch(record -> record.getLevel().intValue() < 500);
        assertThat(SecretSearch.of(ScriptedHume.API_KEY, ScriptedHume.SECRET_KEY, ScriptedHume.TOKEN).findings(log))
                .isEmpty();
    }
}
