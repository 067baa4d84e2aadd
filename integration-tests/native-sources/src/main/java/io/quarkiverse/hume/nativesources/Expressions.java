package io.quarkiverse.hume.nativesources;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

import io.quarkiverse.hume.HumeAuthenticated;

@Path("/v1/expression/run")
@RegisterRestClient
public interface Expressions {
    @GET
    @HumeAuthenticated(account = "cloud")
    String runs();
}
