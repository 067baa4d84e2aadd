package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeAuthenticated;
import io.quarkus.test.QuarkusUnitTest;

/**
 * Clients that use several accounts and have no URL: the build fails if the accounts differ in a setting of which a client has
 * only one.
 */
class SeveralAccountsTest {

    private static final String HERE = "io.quarkiverse.hume.test.SeveralAccountsTest$";

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClass(ConfigurationFailureTests.class))
            .overrideConfigKey("hume.accounts.\"cloud\".base-url", "https://api.cloud.hume.ai")
            .overrideConfigKey("hume.accounts.\"same\".base-url", "https://api.hume.ai/")
            .overrideConfigKey("hume.accounts.\"secure\".tls-configuration-name", "gateway")
            .overrideConfigKey("quarkus.rest-client.configured.url", "https://gateway.hume.ai")
            .overrideConfigKey("quarkus.rest-client.SimpleName.uri", "https://gateway.hume.ai")
            .overrideConfigKey("micro/mp-rest/url", "https://gateway.hume.ai")
            .assertException(SeveralAccountsTest::assertClients);

    private static void assertClients(Throwable failure) {
        ConfigurationFailureTests.assertMessages(failure,
                "The REST client " + HERE + "Differing calls voice() with the default Hume account and cloud() with the Hume"
                        + " account \"cloud\", but the base URLs of these accounts differ, and the client has no URL of its own."
                        + " Set quarkus.rest-client.differing.url, give hume.base-url and hume.accounts.\"cloud\".base-url the"
                        + " same value, or make a client for each account",
                "The REST client " + HERE + "DifferingInSub calls own() with the default Hume account and sub().cloud() with",
                "The REST client " + HERE + "Secured calls", "but these accounts differ in tls-configuration-name, and the"
                        + " client has none of its own. Set quarkus.rest-client.\"" + HERE
                        + "Secured\".tls-configuration-name");
        assertThat(failure.getMessage()).doesNotContain("Fine", "SimpleName");
    }

    @Path("/differing")
    @RegisterRestClient(configKey = "differing")
    public interface Differing {
        @GET
        @Path("/voice")
        @HumeAuthenticated
        String voice();

        @GET
        @Path("/cloud")
        @HumeAuthenticated(account = "cloud")
        String cloud();
    }

    public interface Sub {
        @GET
        @Path("/cloud")
        @HumeAuthenticated(account = "cloud")
        String cloud();
    }

    @Path("/sub")
    @RegisterRestClient
    @HumeAuthenticated
    public interface DifferingInSub {
        @GET
        String own();

        @Path("/sub")
        Sub sub();
    }

    @Path("/secured")
    @RegisterRestClient
    @HumeAuthenticated
    public interface Secured {
        @GET
        String one();

        @GET
        @Path("/two")
        @HumeAuthenticated(account = "secure")
        String two();
    }

    /** All calls use the account cloud. */
    @Path("/overridden")
    @RegisterRestClient
    @HumeAuthenticated
    public interface FineOverridden {
        @GET
        @HumeAuthenticated(account = "cloud")
        String cloud();
    }

    @Path("/same")
    @RegisterRestClient
    public interface FineSame {
        @GET
        @HumeAuthenticated
        String one();

        @GET
        @Path("/two")
        @HumeAuthenticated(account = "same")
        String two();
    }

    @Path("/configured")
    @RegisterRestClient(configKey = "configured")
    public interface FineConfigured extends Differing {
    }

    @Path("/simple")
    @RegisterRestClient
    public interface SimpleName extends Differing {
    }

    @Path("/micro")
    @RegisterRestClient(configKey = "micro")
    public interface FineMicroProfile extends Differing {
    }

    @Path("/annotated")
    @RegisterRestClient(baseUri = "https://gateway.hume.ai")
    public interface FineAnnotated extends Differing {
    }

    @Test
    void build_fails() {
        fail("the application must not be built");
    }
}
