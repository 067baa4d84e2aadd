package org.acme.voice;

import java.time.Instant;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jboss.resteasy.reactive.RestPath;

import io.smallrye.mutiny.Uni;

/** A gateway of one's own that issues tokens. */
@Path("/gateway")
@RegisterRestClient(configKey = "gateway")
public interface TokenGateway {

    @POST
    @Path("/{account}")
    Uni<Issued> issue(@RestPath String account);

    record Issued(String value, Instant expiry) {
    }
}
