package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeAuthenticated;
import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.HumeAuthenticationException.Reason;
import io.quarkiverse.hume.HumeTokens;
import io.quarkiverse.hume.HumeWebSockets;
import io.quarkiverse.hume.HumeWebhook;
import io.quarkus.test.InjectMock;
import io.quarkus.test.QuarkusUnitTest;
import io.restassured.RestAssured;

/**
 * Test mode without keys and without the emulator: mocked beans need no key, and other calls fail with a message that names
 * the missing property.
 */
class MissingKeysTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(
                    jar -> jar.addClasses(Chats.class, Voices.class, Mistyped.class, MockedVoices.class, Hooks.class,
                            Mocks.class))
            .overrideConfigKey("quarkus.devservices.enabled", "false")
            .overrideConfigKey("hume.accounts.both.api-key", "${BOTH_KEY_THAT_IS_NOT_SET}")
            .overrideConfigKey("hume.accounts.both.secret-key", "${BOTH_SECRET_THAT_IS_NOT_SET}")
            .setLogRecordPredicate(record -> record.getLoggerName().startsWith("io.quarkiverse.hume"))
            .assertLogRecords(records -> assertThat(records.stream()
                    .map(record -> String.format(record.getMessage(), record.getParameters())))
                    .anySatisfy(message -> assertThat(message).startsWith("HUME0065: hume.api-key is not set, and")
                            .contains("uses the default Hume account", "HUME_API_KEY"))
                    .anySatisfy(message -> assertThat(message).startsWith("HUME0065: hume.accounts.\"both\".api-key refers to"
                            + " ${BOTH_KEY_THAT_IS_NOT_SET}, which is not set"))
                    .anySatisfy(message -> assertThat(message).startsWith("HUME0065: hume.accounts.\"clowd\".api-key is not"
                            + " set, and").contains("MissingKeysTest$Mistyped uses the Hume account \"clowd\"",
                                    "HUME_ACCOUNTS__CLOWD__API_KEY"))
                    .anySatisfy(message -> assertThat(message).startsWith("HUME0065: hume.accounts.\"speech\".api-key is not"
                            + " set, and").contains("MissingKeysTest#sockets uses the Hume account \"speech\""))
                    .noneSatisfy(message -> assertThat(message).startsWith("HUME0065").contains("\"music\""))
                    .anySatisfy(message -> assertThat(message).startsWith("HUME0065: hume.accounts.\"text\".api-key is not"
                            + " set, and").contains("MissingKeysTest#lookedUpTokens uses the Hume account \"text\""))
                    .anySatisfy(message -> assertThat(message).startsWith("HUME0060: The Hume account \"mocked\" has no key,"
                            + " and the build saw nothing that uses it"))
                    .noneSatisfy(message -> assertThat(message).startsWith("HUME0065").contains("\"mocked\""))
                    .anySatisfy(message -> assertThat(message).startsWith("HUME0067").contains("hume.webhook.signing-key is"
                            + " not set", "MissingKeysTest$Hooks#post")));

    @Path("/v0/evi/chats")
    @RegisterRestClient
    @HumeAuthenticated
    public interface Chats {
        @GET
        String list();
    }

    @Path("/v0/tts/voices")
    @RegisterRestClient
    @HumeAuthenticated
    public interface Voices {
        @GET
        String list();
    }

    @Path("/v0/decisions/run")
    @RegisterRestClient
    @HumeAuthenticated(account = "clowd")
    public interface Mistyped {
        @GET
        String list();
    }

    @Alternative
    @Priority(1)
    @RestClient
    @ApplicationScoped
    public static class MockedVoices implements Voices {
        @Override
        public String list() {
            return "mocked";
        }
    }

    @Path("/hooks")
    public static class Hooks {
        @POST
        @HumeWebhook
        public String post(String body) {
            return body;
        }
    }

    @Singleton
    public static class Mocks {
        @Inject
        @InjectMock
        @HumeAccount("mocked")
        HumeWebSockets sockets;
    }

    @RestClient
    Chats chats;
    @RestClient
    Voices voices;
    @RestClient
    Mistyped mistyped;
    @Inject
    @HumeAccount("clowd")
    HumeWebSockets mistypedSockets;
    @Inject
    @HumeAccount("both")
    HumeTokens tokens;
    @Inject
    @HumeAccount("speech")
    HumeWebSockets sockets;
    @Inject
    @HumeAccount("music")
    Instance<HumeWebSockets> lookedUpSockets;
    @Inject
    @HumeAccount("text")
    Provider<HumeTokens> lookedUpTokens;

    @Test
    void mockedClient_needsNoKey() {
        assertThat(voices.list()).isEqualTo("mocked");
    }

    @Test
    void call_failsNamingTheMissingProperty() {
        assertThatThrownBy(() -> tokens.await()).isInstanceOfSatisfying(HumeAuthenticationException.class, failure -> {
            assertThat(failure.reason()).isEqualTo(Reason.MISSING_CREDENTIALS);
            assertThat(failure).hasMessageContainingAll("hume.accounts.\"both\".api-key", "HUME_ACCOUNTS__BOTH__API_KEY");
        });
        assertThatThrownBy(() -> chats.list()).hasMessageContainingAll("hume.api-key is not set", "HUME_API_KEY");
    }

    /** A name with a mistake in it is known to the annotation alone; in production, the start fails. */
    @Test
    void callOfAnUnconfiguredAccount_namesTheMissingProperty() {
        assertThatThrownBy(() -> mistyped.list()).hasMessageContainingAll("hume.accounts.\"clowd\".api-key is not set",
                "HUME_ACCOUNTS__CLOWD__API_KEY");
        assertThatThrownBy(() -> mistypedSockets.handshake(URI.create("wss://api.hume.ai/v0/evi/chat")).await().indefinitely())
                .isInstanceOfSatisfying(HumeAuthenticationException.class, failure -> {
                    assertThat(failure.reason()).isEqualTo(Reason.MISSING_CREDENTIALS);
                    assertThat(failure).hasMessageContaining("hume.accounts.\"clowd\".api-key is not set");
                });
    }

    @Test
    void webhook_isRejected() {
        RestAssured.given().header("X-Hume-AI-Webhook-Signature", "0".repeat(64))
                .header("X-Hume-AI-Webhook-Timestamp", String.valueOf(System.currentTimeMillis() / 1000))
                .body("{}").post("/hooks").then().statusCode(503);
    }
}
