package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;

import jakarta.annotation.Priority;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;

import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.HumeRequestFilter;
import io.quarkus.test.QuarkusUnitTest;

/** A filter of the application, however late, does not come behind the registered one and sends no credential elsewhere. */
class RegisteredFilterPriorityTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(Diverted.class, Diversion.class));

    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "diverted")
    @RegisterProvider(HumeRequestFilter.class)
    @RegisterProvider(Diversion.class)
    public interface Diverted {
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
    Diverted diverted;

    @Test
    void diversionBehindTheFilter_isNotPossible() {
        assertThatThrownBy(() -> diverted.get()).isInstanceOfSatisfying(HumeAuthenticationException.class,
                failure -> assertThat(failure.reason())
                        .isEqualTo(HumeAuthenticationException.Reason.UNTRUSTED_DESTINATION));
    }
}
