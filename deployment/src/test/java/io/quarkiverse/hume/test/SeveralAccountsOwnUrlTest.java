package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeAccounts;
import io.quarkiverse.hume.HumeAuthenticated;
import io.quarkus.test.QuarkusUnitTest;

/**
 * The start accepts clients of accounts whose base URLs differ at run time only, if the clients have a URL of their own, and
 * base URLs that differ in a final slash.
 */
class SeveralAccountsOwnUrlTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withEmptyApplication()
            .overrideConfigKey("hume.api-key", "s3cr3t")
            .overrideConfigKey("hume.accounts.\"cloud\".api-key", "s3cr3t")
            .overrideConfigKey("hume.accounts.\"voice\".api-key", "s3cr3t")
            .overrideRuntimeConfigKey("hume.accounts.\"cloud\".base-url", "https://api.cloud.hume.ai")
            .overrideRuntimeConfigKey("hume.accounts.\"voice\".base-url", "https://api.hume.ai/")
            .overrideRuntimeConfigKey("quarkus.rest-client.with-url.url", "https://api.hume.ai")
            .overrideRuntimeConfigKey("quarkus.rest-client.\"io.quarkiverse.hume.test.SeveralAccountsOwnUrlTest$WithUrl\".url",
                    "https://api.hume.ai");

    @Path("/client")
    @RegisterRestClient
    public interface WithFinalSlash {
        @GET
        @HumeAuthenticated
        String voice();

        @GET
        @Path("/voice")
        @HumeAuthenticated(account = "voice")
        String other();
    }

    public interface Calls {
        @GET
        @HumeAuthenticated
        String voice();

        @GET
        @Path("/cloud")
        @HumeAuthenticated(account = "cloud")
        String cloud();
    }

    @Path("/client")
    @RegisterRestClient(configKey = "with-url")
    public interface WithConfigKey extends Calls {
    }

    @Path("/client")
    @RegisterRestClient
    public interface WithUrl extends Calls {
    }

    @Inject
    HumeAccounts accounts;

    @Test
    void application_starts() {
        assertThat(accounts.get("cloud").baseUrl()).hasToString("https://api.cloud.hume.ai");
    }
}
