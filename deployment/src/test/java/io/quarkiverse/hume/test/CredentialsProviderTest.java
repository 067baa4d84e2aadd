package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ConnectException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import jakarta.inject.Inject;

import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeAccounts;
import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.HumeAuthenticationException.Reason;
import io.quarkiverse.hume.HumeStrategy;
import io.quarkiverse.hume.HumeTokens;
import io.quarkiverse.hume.test.EmulatedAccount.Keys;
import io.quarkus.test.QuarkusUnitTest;
import io.vertx.core.Vertx;

/** Keys from a credential store that are found at startup, replaced, expired or missing, and a store that fails. */
class CredentialsProviderTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(VoiceClient.class, CredentialStore.class))
            .setBeforeAllCustomizer(() -> System.setProperty("store.emulator",
                    io.quarkiverse.hume.emulator.HumeEmulator.start(0, Set.of("<default>")).baseUri().toString()))
            .overrideConfigKey("hume.credentials-provider", "hume")
            .overrideConfigKey("hume.credentials-provider-name", "test-store")
            .overrideConfigKey("hume.base-url", "${store.emulator}")
            .overrideConfigKey("hume.emulator.url", "${store.emulator}")
            .overrideConfigKey("hume.token.acquire-at-startup", "false")
            .overrideConfigKey("hume.token.timeout", "500MS")
            .overrideConfigKey("hume.token.retry.delay", "1MS")
            .overrideConfigKey("hume.token.retry.max-delay", "2MS");

    @RestClient
    VoiceClient voice;
    @Inject
    HumeTokens tokens;
    @Inject
    HumeAccounts accounts;
    @Inject
    Vertx vertx;

    @BeforeEach
    void firstKeys() {
        HumeEmulator.connect().resetWithTokens();
        CredentialStore.hold(CredentialStore.FIRST);
        await().ignoreExceptions().until(() -> voice.plain() != null && voice.withApiKey() != null);
        HumeEmulator.connect().forgetRequests();
    }

    private static Keys regenerate() {
        return HumeEmulator.connect().defaultAccount().regenerateKeys();
    }

    private static Map<String, String> asStored(Keys keys, String apiKey, String secretKey) {
        return Map.of(apiKey, keys.apiKey(), secretKey, keys.secretKey());
    }

    @Test
    void startup_decidesByWhatTheStoreHas() {
        assertThat(accounts.get("<default>").strategy()).isEqualTo(HumeStrategy.TOKEN);
        assertThat(accounts.get("<default>").reason()).isEqualTo("decided at startup: there is a secret key");
    }

    @Test
    void replacedKeys_areFoundWhenTheOldOnesAreRejected() {
        CredentialStore.hold(asStored(regenerate(), "api-key", "secret-key"));
        assertThat(voice.withApiKey()).contains("chats_page");
        assertThat(voice.plain()).contains("configs_page");
        HumeEmulator.connect().requests("/v0/evi/chats").haveStatuses(401, 200);
    }

    @Test
    void rejectedKey_withoutAnother_messageNamesItsSource() {
        regenerate();
        assertThatThrownBy(() -> voice.withApiKey())
                .hasMessageContaining("Hume rejected the API key from the credentials provider \"hume\""
                        + " (hume.credentials-provider). If");
        // A rejection causes a token request only once in a while, and there was one a moment ago.
        await().untilAsserted(() -> assertThatThrownBy(() -> voice.plain()).hasMessageContaining(
                "it does not accept the keys. Check the credentials provider \"hume\" (hume.credentials-provider); regenerating"));
    }

    @Test
    void userAndPassword_areApiKeyAndSecretKey() {
        CredentialStore.hold(asStored(regenerate(), "user", "password"));
        assertThat(voice.withApiKey()).contains("chats_page");
        assertThat(voice.plain()).contains("configs_page");
    }

    @Test
    void passwordAlone_isTheApiKey() {
        CredentialStore.hold(Map.of("password", regenerate().apiKey()));
        assertThat(voice.withApiKey()).contains("chats_page");
    }

    @Test
    void expiredKeys_areAskedForBeforeTheyAreUsed() {
        int before = letTheKeysExpire();
        CredentialStore.hold(asStored(regenerate(), "api-key", "secret-key"));
        voice.withApiKey();
        assertThat(CredentialStore.questions()).isEqualTo(before + 1);
        HumeEmulator.connect().requests("/v0/evi/chats").haveStatuses(200);
    }

    @Test
    void store_isNotCalledOnTheEventLoop() throws Exception {
        CredentialStore.hold(asStored(regenerate(), "api-key", "secret-key"));
        CompletableFuture<String> result = new CompletableFuture<>();
        vertx.getOrCreateContext().runOnContext(ignored -> voice.uni().subscribe().with(result::complete,
                result::completeExceptionally));
        assertThat(result.get()).contains("configs_page");
        assertThat(CredentialStore.wasAskedOnAnEventLoop()).isFalse();
    }

    @Test
    void storeThatFails_keepsTheTokenAndIsATypedErrorWithoutItsMessage() {
        letTheKeysExpire();
        String value = tokens.await().value();
        CredentialStore.fail(new IllegalStateException("s3cr3t", new ConnectException("s3cr3t")));
        HumeAuthenticationException failure = rejection();
        assertThat(failure.reason()).isEqualTo(Reason.MISSING_CREDENTIALS);
        assertThat(failure).hasMessageContaining("The credentials provider \"hume\" (hume.credentials-provider) failed with"
                + " java.lang.IllegalStateException, caused by java.net.ConnectException. Check that the store can be reached");
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString()).doesNotContain("s3cr3t");
        assertThat(tokens.await().value()).isEqualTo(value);
        assertThat(voice.plain()).contains("configs_page");
    }

    @Test
    void storeThatHangs_isATypedErrorWithinTheTimeout() {
        letTheKeysExpire();
        CredentialStore.hang();
        Instant start = Instant.now();
        HumeAuthenticationException failure = rejection();
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(5));
        assertThat(failure.reason()).isEqualTo(Reason.MISSING_CREDENTIALS);
        assertThat(failure).hasMessageContainingAll("The credentials provider \"hume\" (hume.credentials-provider) did not"
                + " answer", "within 500 ms", "hume.token.timeout");
    }

    @Test
    void storeWithoutTheKeys_messageNamesItsPropertiesWithoutValues() {
        letTheKeysExpire();
        CredentialStore.hold(Map.of("token", "s3cr3t"));
        assertThat(rejection()).hasMessageContaining("has no api-key, only [token]. Store the API key as api-key")
                .hasMessageNotContaining("s3cr3t");
        CredentialStore.hold(Map.of("api-key", "s3cr3t with blanks"));
        assertThat(rejection().reason()).isEqualTo(Reason.INVALID_CREDENTIALS);
        assertThat(rejection()).hasMessageContaining("has keys that cannot be used").hasMessageNotContaining("s3cr3t");
        CredentialStore.hold(Map.of("api-key", "key", "expires-at", "tomorrow"));
        assertThat(rejection()).hasMessageContaining("has an expires-at that is no instant of ISO 8601");
    }

    /** @return how many questions the store has answered by then */
    private int letTheKeysExpire() {
        Instant end = Instant.now().plusSeconds(2);
        Keys keys = HumeEmulator.connect().defaultAccount().regenerateKeysButKeepTokens();
        Map<String, String> expiring = new HashMap<>(asStored(keys, "api-key", "secret-key"));
        expiring.put("expires-at", end.toString());
        CredentialStore.hold(expiring);
        voice.withApiKey();
        int questions = CredentialStore.questions();
        voice.withApiKey();
        assertThat(CredentialStore.questions()).as("asked again before the keys expire").isEqualTo(questions);
        await().until(() -> Instant.now().isAfter(end));
        HumeEmulator.connect().forgetRequests();
        return questions;
    }

    private HumeAuthenticationException rejection() {
        return catchThrowableOfType(HumeAuthenticationException.class, () -> voice.withApiKey());
    }
}
