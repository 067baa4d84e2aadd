package com.example.voice;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** As a generator would write it; authenticated by configuration. */
@Path("/v0/decisions/run")
@RegisterRestClient(configKey = "decisions")
public interface AudioDecisions {

    @GET
    String runs();
}
