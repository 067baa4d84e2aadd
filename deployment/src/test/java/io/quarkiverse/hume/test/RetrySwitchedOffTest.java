package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeAuthenticated;
import io.quarkiverse.hume.HumeTokens;
import io.quarkus.test.QuarkusUnitTest;

/** The retry after a 401 can be disabled for each account. */
class RetrySwitchedOffTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(VoiceClient.class))
            .overrideConfigKey("hume.retry-on-unauthorized", "false")
            .overrideConfigKey("hume.accounts.\"retrying\".strategy", "token");

    @Path("/v0/evi/chats")
    @RegisterRestClient(configKey = "retrying")
    @HumeAuthenticated(account = "retrying")
    public interface Retrying {
        @GET
        String get();
    }

    @RestClient
    VoiceClient voice;
    @RestClient
    Retrying retrying;
    @Inject
    HumeTokens tokens;
    @Inject
    @HumeAccount("retrying")
    HumeTokens otherTokens;

    @Test
    void revokedToken_isReplacedOnlyForTheAccountWithRetryEnabled() {
        tokens.await();
        otherTokens.await();
        HumeEmulator.connect().revokeTokens();
        assertThatThrownBy(() -> voice.plain()).hasMessageContaining("401")
                .hasMessageContaining("Hume rejected the access token");
        HumeEmulator.connect().requests("/v0/evi/configs").haveSize(1);
        assertThat(retrying.get()).contains("chats_page");
        HumeEmulator.connect().requests("/v0/evi/chats").haveSize(2);
    }
}
