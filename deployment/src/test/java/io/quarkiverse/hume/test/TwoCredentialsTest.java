package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.client.ClientRequestContext;

import org.eclipse.microprofile.rest.client.annotation.ClientHeaderParam;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeAuthenticated;
import io.quarkiverse.hume.HumeRequestFilter;
import io.quarkus.oidc.client.filter.OidcClientFilter;
import io.quarkus.oidc.client.reactive.filter.OidcClientRequestReactiveFilter;
import io.quarkus.oidc.client.reactive.filter.runtime.AbstractOidcClientRequestReactiveFilter;
import io.quarkus.oidc.token.propagation.common.AccessToken;
import io.quarkus.rest.client.reactive.ClientBasicAuth;
import io.quarkus.test.QuarkusUnitTest;

/** The build fails for each kind of declaration by which the requests of a client would carry two credentials. */
class TwoCredentialsTest {

    private static final String CLIENT = "The REST client io.quarkiverse.hume.test.TwoCredentialsTest$";

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            // The filters of the other extension are in the application, as with that extension; if they were missing, another
            // build step could fail first
            .withApplicationRoot(jar -> jar.addClasses(ConfigurationFailureTests.class, OidcClientRequestReactiveFilter.class,
                    AbstractOidcClientRequestReactiveFilter.class, OidcClientFilter.class, AccessToken.class))
            .overrideConfigKey("hume.rest-clients", "basic")
            .assertException(TwoCredentialsTest::assertClients);

    private static void assertClients(Throwable failure) {
        ConfigurationFailureTests.assertMessages(failure,
                CLIENT + "Oidc is authenticated with Hume and has @OidcClientFilter, which puts another credential on its"
                        + " requests. Hume takes one: remove @OidcClientFilter or the authentication with Hume",
                CLIENT + "Propagated is authenticated with Hume and has @AccessToken",
                CLIENT + "Provided is authenticated with Hume and has @RegisterProvider(OidcClientRequestReactiveFilter.class)",
                CLIENT + "Derived is authenticated with Hume and has @RegisterProvider(TwoCredentialsTest$CompanyFilter.class)",
                CLIENT + "Basic is authenticated with Hume and has @ClientBasicAuth",
                CLIENT + "Header is authenticated with Hume and has @ClientHeaderParam(name = \"authorization\")",
                CLIENT + "Filtered is authenticated with Hume and has @ClientHeaderParam(name = \"X-Hume-Api-Key\")",
                "The REST client method io.quarkiverse.hume.test.TwoCredentialsTest$Methods#both has both @HumeAuthenticated"
                        + " and @ClientHeaderParam(name = \"Authorization\")",
                "The REST client method io.quarkiverse.hume.test.TwoCredentialsTest$Mixed#company has @OidcClientFilter, and its"
                        + " interface is authenticated with Hume, which takes one credential. Remove @OidcClientFilter, or move"
                        + " the method to an interface without @HumeAuthenticated");
        assertThat(failure.getMessage()).doesNotContain("Dynamic", "Stranger", "Methods#one");
    }

    @Path("/oidc")
    @RegisterRestClient
    @HumeAuthenticated
    @OidcClientFilter
    public interface Oidc {
        @GET
        String get();
    }

    @Path("/propagated")
    @RegisterRestClient
    @HumeAuthenticated
    @AccessToken
    public interface Propagated {
        @GET
        String get();
    }

    @Path("/provided")
    @RegisterRestClient
    @HumeAuthenticated
    @RegisterProvider(OidcClientRequestReactiveFilter.class)
    public interface Provided {
        @GET
        String get();
    }

    @Path("/derived")
    @RegisterRestClient
    @HumeAuthenticated
    @RegisterProvider(CompanyFilter.class)
    public interface Derived {
        @GET
        String get();
    }

    public static class CompanyFilter extends AbstractOidcClientRequestReactiveFilter {
        @Override
        public void filter(ClientRequestContext request) {
        }
    }

    @Path("/mixed")
    @RegisterRestClient
    @HumeAuthenticated
    public interface Mixed {
        @GET
        @OidcClientFilter
        String company();
    }

    /** Authenticated by a property. */
    @Path("/basic")
    @RegisterRestClient(configKey = "basic")
    @ClientBasicAuth(username = "u", password = "s3cr3t")
    public interface Basic {
        @GET
        String get();
    }

    @Path("/header")
    @RegisterRestClient
    @HumeAuthenticated
    @ClientHeaderParam(name = "X-Other", value = "other")
    @ClientHeaderParam(name = "authorization", value = "Bearer s3cr3t")
    public interface Header {
        @GET
        String get();
    }

    @Path("/filtered")
    @RegisterRestClient
    @RegisterProvider(HumeRequestFilter.class)
    @ClientHeaderParam(name = "X-Hume-Api-Key", value = "s3cr3t")
    public interface Filtered {
        @GET
        String get();
    }

    @Path("/methods")
    @RegisterRestClient
    public interface Methods {
        @GET
        @HumeAuthenticated
        @ClientHeaderParam(name = "Authorization", value = "Bearer s3cr3t")
        String both();

        @GET
        @ClientHeaderParam(name = "Authorization", value = "Bearer s3cr3t")
        String one();
    }

    /** The caller decides for each call, so the build does not fail. */
    @Path("/dynamic")
    @RegisterRestClient
    @HumeAuthenticated
    @ClientHeaderParam(name = "X-Other", value = "other")
    public interface Dynamic {
        @GET
        String get(@HeaderParam("Authorization") String credential);
    }

    /** A client that does not call Hume. */
    @Path("/stranger")
    @RegisterRestClient
    @OidcClientFilter
    public interface Stranger {
        @GET
        String get();
    }

    @Test
    void build_fails() {
        fail("the application must not be built");
    }
}
