package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeAuthenticated;
import io.quarkiverse.hume.HumeTokens;
import io.quarkus.test.QuarkusUnitTest;

/**
 * The retry after a 401 can be disabled for each account. The credential is still reported as accepted or rejected, so that
 * later calls get another one.
 */
class RetrySwitchedOffTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(VoiceClient.class, ApplicationToken.class))
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

    @BeforeEach
    void newToken() {
        ApplicationToken.renew();
        HumeEmulator.connect().forgetRequests();
    }

    @Test
    void revokedToken_isReplacedOnlyForTheAccountWithRetryEnabled() {
        tokens.await();
        otherTokens.await();
        HumeEmulator.connect().revokeTokens();
        assertThatThrownBy(() -> voice.plain()).hasMessageContaining("401")
                .hasMessageContaining("Hume rejected the access token");
        HumeEmulator.connect().requests("/v0/evi/configs").haveSize(1);
        await().ignoreExceptions().until(() -> voice.plain().contains("configs_page"));
        assertThat(retrying.get()).contains("chats_page");
        HumeEmulator.connect().requests("/v0/evi/chats").haveSize(2);
    }

    @Test
    void acceptedTokenThatIsRevoked_staysInUseUntilANewerOneArrives() {
        assertThat(voice.plain()).contains("configs_page");
        HumeEmulator.connect().forgetRequests();
        HumeEmulator.connect().revokeTokens();
        HumeEmulator.connect().tokenEndpoint().fail(503);
        for (int call = 0; call < 2; call++) {
            assertThatThrownBy(() -> voice.plain()).hasMessageContaining("401")
                    .hasMessageContaining("Hume rejected the access token");
        }
        HumeEmulator.connect().requests("/v0/evi/configs").haveStatuses(401, 401);
        await().until(() -> HumeEmulator.connect().tokenRequests().size() > 0);
        HumeEmulator.connect().recover();
        await().ignoreExceptions().until(() -> voice.plain().contains("configs_page"));
    }
}
