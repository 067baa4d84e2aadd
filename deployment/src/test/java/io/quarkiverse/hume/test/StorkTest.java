package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeAuthenticated;
import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkus.maven.dependency.Dependency;
import io.quarkus.test.QuarkusUnitTest;

/** Clients whose instances are selected by Stork: the selected instance has to be trusted. */
class StorkTest {

    private static final String HTTP = "http://";

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .setForcedDependencies(List.of(ForcedExtensions.of(ForcedExtensions.STORK).get(0),
                    Dependency.of("io.smallrye.stork", "stork-service-discovery-static-list", "2.7.9")))
            .setBeforeAllCustomizer(() -> {
                Platforms.start("default", "gateway");
                System.setProperty("gateway.address", System.getProperty("platform.gateway").substring(HTTP.length()));
            })
            .withApplicationRoot(jar -> jar.addClasses(ForcedExtensions.class, Platforms.class, Near.class, Far.class,
                    Plain.class))
            .overrideConfigKey("hume.api-key", "key-of-default")
            .overrideConfigKey("hume.secret-key", "secret-of-default")
            .overrideConfigKey("hume.base-url", "${platform.default}")
            .overrideConfigKey("quarkus.stork.near.service-discovery.type", "static")
            .overrideConfigKey("quarkus.stork.near.service-discovery.address-list", "${gateway.address}")
            .overrideConfigKey("hume.trusted-hosts", "plain.example.net")
            .overrideConfigKey("quarkus.stork.plain.service-discovery.type", "static")
            .overrideConfigKey("quarkus.stork.plain.service-discovery.address-list", "plain.example.net:80")
            .overrideConfigKey("quarkus.stork.far.service-discovery.type", "static")
            .overrideConfigKey("quarkus.stork.far.service-discovery.address-list", "hume.example.net:80");

    @Path("/near")
    @RegisterRestClient(baseUri = "stork://near")
    @HumeAuthenticated
    public interface Near {
        @GET
        String get();
    }

    @Path("/far")
    @RegisterRestClient(baseUri = "stork://far")
    @HumeAuthenticated
    public interface Far {
        @GET
        String get();
    }

    @Path("/plain")
    @RegisterRestClient(baseUri = "stork://plain")
    @HumeAuthenticated
    public interface Plain {
        @GET
        String get();
    }

    @RestClient
    Plain plain;
    @RestClient
    Near near;
    @RestClient
    Far far;

    @Test
    void trustedInstance_getsTheCredential() {
        assertThat(near.get()).isEqualTo(Platforms.received("gateway", "default", "token"));
    }

    @Test
    void otherInstance_isRejectedBeforeAnythingIsSent() {
        assertThatThrownBy(far::get).isInstanceOf(HumeAuthenticationException.class)
                .hasMessageContainingAll("hume.example.net", "was not sent", "add it to hume.trusted-hosts");
    }

    @Test
    void trustedInstanceInPlainHttp_isRejectedWithTheRemedy() {
        assertThatThrownBy(plain::get).isInstanceOf(HumeAuthenticationException.class)
                .hasMessageContainingAll("unencrypted to plain.example.net", "storks for service discovery with Stork");
    }
}
