package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeAuthenticated;
import io.quarkiverse.hume.HumeCredentials;
import io.quarkiverse.hume.HumeCredentialsProvider;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.mutiny.Uni;

/** Test mode with a bean that has the keys in production, but none in tests: mocked clients need no key of it. */
class MissingKeysOfBeanTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withEmptyApplication()
            .setLogRecordPredicate(record -> record.getLoggerName().equals("io.quarkiverse.hume"))
            .assertLogRecords(records -> assertThat(records.stream()
                    .map(record -> String.format(record.getMessage(), record.getParameters()))
                    .filter(message -> message.startsWith("HUME0065"))).singleElement().asString()
                    .contains("hume.strategy is auto, but the HumeCredentialsProvider", "did not return the keys"
                            + " (java.lang.IllegalStateException). Set hume.strategy to api-key or token"));

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

    @ApplicationScoped
    public static class KeysOfProduction implements HumeCredentialsProvider {
        @Override
        public Uni<HumeCredentials> getCredentials(String account) {
            return Uni.createFrom().failure(new IllegalStateException("the store of production is not reachable"));
        }
    }

    @RestClient
    Chats chats;
    @RestClient
    Voices voices;

    @Test
    void mockedClient_needsNoKey() {
        assertThat(voices.list()).isEqualTo("mocked");
    }

    @Test
    void call_failsWithTheReason() {
        assertThatThrownBy(() -> chats.list()).hasStackTraceContaining("the store of production is not reachable");
    }
}
