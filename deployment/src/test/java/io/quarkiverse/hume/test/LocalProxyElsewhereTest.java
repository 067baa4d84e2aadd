package io.quarkiverse.hume.test;

import static org.junit.jupiter.api.Assertions.fail;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeAuthenticated;
import io.quarkus.test.QuarkusUnitTest;

/**
 * Local proxies of clients with their own URL, while the emulator replaces Hume for their accounts: the emulator's keys are not
 * sent to these URLs.
 */
class LocalProxyElsewhereTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(ConfigurationFailureTests.class, Configured.class, Annotated.class,
                    OfTheAccount.class, OfTwoAccounts.class, Discovered.class))
            .overrideConfigKey("quarkus.rest-client.discovered.enable-local-proxy", "true")
            .overrideConfigKey("hume.accounts.\"real\".api-key", "real-key-of-production")
            .overrideConfigKey("quarkus.rest-client.of-two-accounts.enable-local-proxy", "true")
            .overrideConfigKey("hume.accounts.\"cloud\".base-url", "https://api.cloud.hume.ai")
            .overrideConfigKey("quarkus.rest-client.configured.enable-local-proxy", "true")
            .overrideConfigKey("quarkus.rest-client.configured.url", "https://api.hume.ai")
            .overrideConfigKey("quarkus.rest-client.annotated.enable-local-proxy", "true")
            .overrideConfigKey("quarkus.rest-client.of-the-account.enable-local-proxy", "true")
            .overrideConfigKey("quarkus.rest-client.of-the-account.url", "${hume.accounts.cloud.base-url}/v1")
            .assertException(failure -> ConfigurationFailureTests.assertMessages(failure,
                    "$Configured forwards to https://api.hume.ai, but the emulator replaces Hume for the default Hume account",
                    "$Annotated forwards to https://gateway.example.com/hume",
                    "$OfTheAccount forwards to https://api.cloud.hume.ai/v1, but the emulator replaces Hume for the Hume account"
                            + " \"cloud\"",
                    "$OfTwoAccounts forwards to the emulator, which does not replace Hume for all accounts of its calls",
                    "$Discovered forwards to stork://hume, but a local proxy knows http and https only",
                    "Remove the URL of the client", "set hume.accounts.\"cloud\".api-key"));

    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "configured")
    @HumeAuthenticated
    public interface Configured {
        @GET
        String get();
    }

    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "annotated", baseUri = "https://gateway.example.com/hume")
    @HumeAuthenticated
    public interface Annotated {
        @GET
        String get();
    }

    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "discovered", baseUri = "stork://hume")
    @HumeAuthenticated
    public interface Discovered {
        @GET
        String get();
    }

    @Path("/jobs")
    @RegisterRestClient(configKey = "of-the-account")
    @HumeAuthenticated(account = "cloud")
    public interface OfTheAccount {
        @GET
        String get();
    }

    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "of-two-accounts")
    public interface OfTwoAccounts {
        @GET
        @HumeAuthenticated
        String emulated();

        @GET
        @HumeAuthenticated(account = "real")
        String real();
    }

    @Test
    void start_fails() {
        fail("the application must not start");
    }
}
