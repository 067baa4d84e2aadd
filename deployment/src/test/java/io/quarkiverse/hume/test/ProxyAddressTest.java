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

/** The proxy address of all REST clients would take precedence over the proxy of an account: the start fails. */
class ProxyAddressTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(ConfigurationFailureTests.class))
            .overrideConfigKey("hume.api-key", "s3cr3t")
            .overrideConfigKey("hume.accounts.\"other\".api-key", "s3cr3t")
            .overrideConfigKey("quarkus.proxy.corporate.host", "localhost")
            .overrideConfigKey("quarkus.proxy.corporate.port", "3128")
            .overrideConfigKey("hume.accounts.\"other\".proxy-configuration-name", "corporate")
            .overrideRuntimeConfigKey("quarkus.rest-client.proxy-address", "localhost:3129")
            .overrideRuntimeConfigKey("quarkus.rest-client.with-proxy.proxy-address", "localhost:3130")
            .overrideRuntimeConfigKey("quarkus.rest-client.with-blank-proxy.proxy-address", "")
            .assertException(failure -> {
                ConfigurationFailureTests.assertMessages(failure,
                        "hume.accounts.\"other\".proxy-configuration-name would not apply to all REST clients, because Quarkus"
                                + " prefers quarkus.rest-client.proxy-address",
                        "quarkus.rest-client.proxy-configuration-name",
                        "quarkus.rest-client.\"io.quarkiverse.hume.test.ProxyAddressTest$OfTheAccount\".proxy-address");
                assertThat(failure.getMessage()).doesNotContain("OfTheClient");
            });

    @Path("/v0/evi/configs")
    @RegisterRestClient
    @HumeAuthenticated
    public interface WithoutProxyOfTheAccount {
        @GET
        String get();
    }

    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "with-proxy")
    @HumeAuthenticated(account = "other")
    public interface OfTheClient {
        @GET
        String get();
    }

    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "with-blank-proxy")
    @HumeAuthenticated(account = "other")
    public interface OfTheAccount {
        @GET
        String get();
    }

    @Test
    void start_fails() {
        fail("the application must not start");
    }
}
