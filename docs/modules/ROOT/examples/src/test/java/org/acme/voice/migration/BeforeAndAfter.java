package org.acme.voice.migration;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

import io.quarkiverse.hume.HumeAuthenticated;
import io.quarkus.oidc.client.filter.OidcClientFilter;

/** The same client, authenticated in three ways. */
public final class BeforeAndAfter {

    private BeforeAndAfter() {
    }

    // tag::hand-written[]
    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "hand-written")
    @RegisterProvider(HandWrittenTokenFilter.class)
    public interface HandWritten {

        @GET
        String configs();
    }
    // end::hand-written[]

    // tag::oidc[]
    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "oidc")
    @OidcClientFilter
    public interface Oidc {

        @GET
        String configs();
    }
    // end::oidc[]

    // tag::after[]
    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "after")
    @HumeAuthenticated
    public interface After {

        @GET
        String configs();
    }
    // end::after[]
}
