package io.quarkiverse.hume.test;

import static org.junit.jupiter.api.Assertions.fail;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeAuthenticated;
import io.quarkus.test.QuarkusUnitTest;

/** Base URLs of accounts that are equal in the build-time configuration and differ at run time. */
class SeveralAccountsAtRunTimeTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClass(ConfigurationFailureTests.class))
            .overrideConfigKey("hume.api-key", "s3cr3t")
            .overrideConfigKey("hume.accounts.\"cloud\".api-key", "s3cr3t")
            .overrideRuntimeConfigKey("hume.accounts.\"cloud\".base-url", "https://api.cloud.hume.ai")
            .assertException(failure -> ConfigurationFailureTests.assertMessages(failure,
                    "The REST client io.quarkiverse.hume.test.SeveralAccountsAtRunTimeTest$Client calls with the Hume accounts"
                            + " [<default>, cloud], whose base URLs differ [https://api.hume.ai, https://api.cloud.hume.ai], and"
                            + " it has no URL of its own. Set quarkus.rest-client"));

    @Path("/client")
    @RegisterRestClient
    public interface Client {
        @GET
        @HumeAuthenticated
        String voice();

        @GET
        @Path("/cloud")
        @HumeAuthenticated(account = "cloud")
        String cloud();
    }

    @Test
    void start_fails() {
        fail("the application must not start");
    }
}
