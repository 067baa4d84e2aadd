package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;

import jakarta.annotation.Priority;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeAuthenticated;
import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.HumeRequestFilter;
import io.quarkus.test.QuarkusUnitTest;

/** A filter of the application, however late, does not come behind ours, and so sends no credential elsewhere. */
class LastFilterTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(Annotated.class, Registered.class, Diversion.class));

    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "annotated")
    @HumeAuthenticated
    @RegisterProvider(Diversion.class)
    public interface Annotated {
        @GET
        String get();
    }

    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "registered")
    @RegisterProvider(HumeRequestFilter.class)
    @RegisterProvider(Diversion.class)
    public interface Registered {
        @GET
        String get();
    }

    @Priority(1_000_000)
    public static class Diversion implements ClientRequestFilter {
        @Override
        public void filter(ClientRequestContext request) {
            request.setUri(URI.create("https://hume.invalid/v0/evi/configs"));
        }
    }

    @RestClient
    Annotated annotated;
    @RestClient
    Registered registered;

    @Test
    void diversion_ofAnAnnotatedClient_isSeen() {
        assertUntrusted(() -> annotated.get());
    }

    @Test
    void diversion_ofAClientWithTheFilter_isSeen() {
        assertUntrusted(() -> registered.get());
    }

    private static void assertUntrusted(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(HumeAuthenticationException.class,
                failure -> assertThat(failure.reason())
                        .isEqualTo(HumeAuthenticationException.Reason.UNTRUSTED_DESTINATION));
    }
}
