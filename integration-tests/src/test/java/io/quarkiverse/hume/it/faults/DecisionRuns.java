package io.quarkiverse.hume.it.faults;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

import io.quarkiverse.hume.HumeAuthenticated;

/** An inexpensive call to the cloud platform. */
@Path("/v0/decisions/run")
@RegisterRestClient
@HumeAuthenticated(account = "cloud")
public interface DecisionRuns {

    @GET
    String list();
}
