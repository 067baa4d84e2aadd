package org.acme.voice;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

import io.quarkiverse.hume.HumeAuthenticated;

// tag::client[]
@Path("/v0/decisions")
@RegisterRestClient(configKey = "decisions")
@HumeAuthenticated(account = "cloud")
public interface AudioDecisions {

    @GET
    @Path("/run")
    String runs();
}
// end::client[]
