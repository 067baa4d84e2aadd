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

/** Proxies of accounts that are equal in the build-time configuration and differ at run time. */
class TransportsAtRunTimeTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClass(ConfigurationFailureTests.class))
            .overrideConfigKey("hume.api-key", "s3cr3t")
            .overrideConfigKey("hume.accounts.\"cloud\".api-key", "s3cr3t")
            .overrideConfigKey("quarkus.proxy.corporate.host", "localhost")
            .overrideConfigKey("quarkus.proxy.corporate.port", "3128")
            .overrideRuntimeConfigKey("hume.accounts.\"cloud\".proxy-configuration-name", "corporate")
            .overrideRuntimeConfigKey("hume.proxy-configuration-name", "none")
            .overrideConfigKey("quarkus.rest-client.\"io.quarkiverse.hume.test.TransportsAtRunTimeTest$AWithProxy\""
                    + ".proxy-configuration-name", "none")
            .overrideRuntimeConfigKey("quarkus.rest-client.with-proxy.proxy-configuration-name", "corporate")
            .assertException(failure -> {
                ConfigurationFailureTests.assertMessages(failure,
                        "TransportsAtRunTimeTest$Client calls with the Hume accounts [<default>, cloud], which differ in"
                                + " proxy-configuration-name [none, corporate], and it has none of its own. Set quarkus.rest-client"
                                + ".\"io.quarkiverse.hume.test.TransportsAtRunTimeTest$Client\".proxy-configuration-name");
                assertThat(failure.getMessage()).doesNotContain("WithProxy");
            });

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

    @Path("/client")
    @RegisterRestClient(configKey = "with-proxy")
    public interface AnotherWithProxy extends Client {
    }

    /** Its own proxy is the one that it would have by default. */
    @Path("/client")
    @RegisterRestClient
    public interface AWithProxy extends Client {
    }

    @Test
    void start_fails() {
        fail("the application must not start");
    }
}
