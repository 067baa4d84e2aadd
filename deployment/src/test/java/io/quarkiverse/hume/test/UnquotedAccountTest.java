package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeAccounts;
import io.quarkiverse.hume.HumeAuthenticated;
import io.quarkiverse.hume.HumeStrategy;
import io.quarkus.test.QuarkusUnitTest;

/** The name of an account may be written without quotes, as in all of Quarkus. */
class UnquotedAccountTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(Stranger.class))
            .setBeforeAllCustomizer(() -> System.setProperty("unquoted.port",
                    String.valueOf(new Stranger("unquoted.received").port())))
            .overrideConfigKey("hume.accounts.cloud.api-key", "key-of-cloud")
            .overrideConfigKey("hume.accounts.cloud.base-url", "http://127.0.0.1:${unquoted.port}")
            .overrideConfigKey("hume.accounts.emulated.api-key", "${HUME_KEY_THAT_IS_NOT_SET}")
            .overrideConfigKey("hume.accounts.emulated.token.timeout", "30S")
            .overrideConfigKey("hume.accounts.emulated.base-url", "https://api.cloud.hume.ai");

    @Path("/")
    @RegisterRestClient
    @HumeAuthenticated(account = "cloud")
    public interface Cloud {
        @GET
        String get();
    }

    @Path("/v0/evi/configs")
    @RegisterRestClient
    @HumeAuthenticated(account = "emulated")
    public interface Emulated {
        @GET
        String get();
    }

    @RestClient
    Cloud cloud;
    @RestClient
    Emulated emulated;
    @Inject
    HumeAccounts accounts;

    @Test
    void keyAndStrategy_areThoseOfTheAccount() {
        assertThat(accounts.get("cloud").strategy()).isEqualTo(HumeStrategy.API_KEY);
        assertThat(cloud.get()).isEqualTo("stranger");
    }

    @Test
    void accountWithoutKey_isEmulated() {
        assertThat(accounts.get("emulated").strategy()).isEqualTo(HumeStrategy.TOKEN);
        assertThat(emulated.get()).contains("configs_page");
    }
}
