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
 * Local proxies of accounts with their own keys: at run time, the destination of calls is a loopback address, so the build
 * checks the destination of the proxy.
 */
class LocalProxyUntrustedTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(ConfigurationFailureTests.class, Call.class, NotTrusted.class,
                    Unencrypted.class, Discovered.class, DiscoveredByProperty.class, DiscoveredWithTls.class,
                    BothProperties.class,
                    OfTwoAccounts.class, Trusted.class))
            .overrideConfigKey("hume.api-key", "real-key")
            .overrideConfigKey("hume.trusted-hosts", "gateway.example")
            .overrideConfigKey("hume.accounts.\"cloud\".api-key", "real-key-of-cloud")
            .overrideConfigKey("hume.accounts.\"cloud\".base-url", "https://api.cloud.hume.ai")
            .overrideConfigKey("quarkus.rest-client.not-trusted.enable-local-proxy", "true")
            .overrideConfigKey("quarkus.rest-client.not-trusted.url", "https://user:s3cr3t@not-trusted.example")
            .overrideConfigKey("quarkus.rest-client.unencrypted.enable-local-proxy", "true")
            .overrideConfigKey("quarkus.rest-client.unencrypted.url", "http://gateway.example")
            .overrideConfigKey("quarkus.rest-client.discovered.enable-local-proxy", "true")
            .overrideConfigKey("quarkus.rest-client.discovered-by-property.enable-local-proxy", "true")
            .overrideConfigKey("quarkus.rest-client.discovered-by-property.url", "stork://hume")
            .overrideConfigKey("quarkus.rest-client.discovered-with-tls.enable-local-proxy", "true")
            .overrideConfigKey("quarkus.rest-client.both-properties.enable-local-proxy", "true")
            .overrideConfigKey("quarkus.rest-client.both-properties.url", "https://gateway.example")
            .overrideConfigKey("quarkus.rest-client.both-properties.uri", "https://preferred.example")
            .overrideConfigKey("quarkus.rest-client.of-two-accounts.enable-local-proxy", "true")
            .overrideConfigKey("quarkus.rest-client.of-two-accounts.url", "https://gateway.example/v1")
            .overrideConfigKey("quarkus.rest-client.trusted.enable-local-proxy", "true")
            .overrideConfigKey("quarkus.rest-client.trusted.url", "https://gateway.example/v0")
            .assertException(failure -> {
                ConfigurationFailureTests.assertMessages(failure,
                        "$NotTrusted forwards to https://***@not-trusted.example. Without the proxy, calls fail",
                        "the host not-trusted.example is not trusted with it", "add it to hume.trusted-hosts",
                        "$Unencrypted forwards to http://gateway.example. Without the proxy, calls fail",
                        "it would be sent unencrypted to gateway.example",
                        "$Discovered forwards to stork://hume, but a local proxy knows http and https only",
                        "$DiscoveredByProperty forwards to stork://hume, but",
                        "$DiscoveredWithTls forwards to storks://hume, but",
                        "Set quarkus.rest-client.\"" + DiscoveredWithTls.class.getName() + "\".url",
                        "$BothProperties forwards to https://preferred.example.",
                        "$OfTwoAccounts forwards to https://gateway.example/v1.",
                        "add it to hume.accounts.\"cloud\".trusted-hosts",
                        "or remove quarkus.rest-client.\"" + NotTrusted.class.getName() + "\".enable-local-proxy");
                assertThat(failure).hasMessageNotContaining("$Trusted ");
            });

    public interface Call {
        @GET
        String get();
    }

    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "not-trusted")
    @HumeAuthenticated
    public interface NotTrusted extends Call {
    }

    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "unencrypted")
    @HumeAuthenticated
    public interface Unencrypted extends Call {
    }

    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "discovered", baseUri = "stork://hume")
    @HumeAuthenticated
    public interface Discovered extends Call {
    }

    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "discovered-by-property")
    @HumeAuthenticated
    public interface DiscoveredByProperty extends Call {
    }

    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "discovered-with-tls", baseUri = "storks://hume")
    @HumeAuthenticated
    public interface DiscoveredWithTls extends Call {
    }

    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "both-properties")
    @HumeAuthenticated
    public interface BothProperties extends Call {
    }

    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "of-two-accounts")
    public interface OfTwoAccounts {
        @GET
        @HumeAuthenticated
        String voice();

        @GET
        @HumeAuthenticated(account = "cloud")
        String cloud();
    }

    @Path("/evi/configs")
    @RegisterRestClient(configKey = "trusted")
    @HumeAuthenticated
    public interface Trusted extends Call {
    }

    @Test
    void start_fails() {
        fail("the application must not start");
    }
}
