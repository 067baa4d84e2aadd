package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeAccounts;
import io.quarkiverse.hume.HumeAuthenticated;
import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.HumeStrategy;
import io.quarkiverse.hume.HumeTokens;
import io.quarkus.test.QuarkusUnitTest;

/** Each account has its own keys, strategy, base URL and token. */
class NamedAccountsTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(VoiceClient.class))
            // What a developer without keys has in application.properties:
            .overrideConfigKey("hume.api-key", "${HUME_KEY_THAT_IS_NOT_SET}")
            .overrideConfigKey("hume.secret-key", "${HUME_SECRET_THAT_IS_NOT_SET}")
            .overrideConfigKey("hume.accounts.\"cloud\".base-url", "https://api.cloud.hume.ai")
            .overrideConfigKey("hume.accounts.\"cloud\".strategy", "api-key")
            .overrideConfigKey("hume.accounts.other.token.refresh-before", "1M");

    @Path("/v1/expression/run")
    @RegisterRestClient(configKey = "expression")
    @HumeAuthenticated(account = "cloud")
    public interface Expression {
        @GET
        String runs();
    }

    @RestClient
    VoiceClient voice;
    @RestClient
    Expression expression;
    @Inject
    HumeTokens defaultTokens;
    @Inject
    @HumeAccount("other")
    HumeTokens otherTokens;
    @Inject
    HumeAccounts accounts;

    @BeforeEach
    void forgetEarlierRequests() {
        HumeEmulator.connect().forgetRequests();
    }

    @Test
    void clients_useTheirAccountsCredential() {
        voice.plain();
        expression.runs();
        var voiceRequest = HumeEmulator.connect().requests("/v0/evi/configs").single();
        assertThat(voiceRequest.account()).contains("<default>");
        assertThat(voiceRequest.credential()).isEqualTo(CredentialKind.TOKEN);
        var cloudRequest = HumeEmulator.connect().requests("/v1/expression/run").single();
        assertThat(cloudRequest.account()).contains("cloud");
        assertThat(cloudRequest.credential()).isEqualTo(CredentialKind.API_KEY);
    }

    @Test
    void tokens_areOfTheirAccounts() {
        assertThat(otherTokens.await()).isNotEqualTo(defaultTokens.await());
        assertThat(otherTokens.get().await().indefinitely()).isEqualTo(otherTokens.await());
    }

    @Test
    void accounts_reportTheirStrategies() {
        assertThat(accounts.all()).extracting(status -> status.account() + " " + status.strategy())
                .containsExactly("<default> TOKEN", "cloud API_KEY", "other TOKEN");
        assertThat(accounts.get("cloud").token()).isEmpty();
        assertThat(accounts.get("cloud").strategy()).isEqualTo(HumeStrategy.API_KEY);
    }

    @Test
    void unknownAccount_isNamedWithTheKnownOnes() {
        assertThatThrownBy(() -> accounts.get("unknown")).isInstanceOf(HumeAuthenticationException.class)
                .hasMessageContainingAll("\"unknown\"", "hume.accounts.\"unknown\".api-key", "cloud", "other");
    }
}
