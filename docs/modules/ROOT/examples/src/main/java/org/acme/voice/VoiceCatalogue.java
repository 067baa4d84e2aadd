package org.acme.voice;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jboss.resteasy.reactive.RestQuery;

import io.quarkiverse.hume.HumeAuthenticated;

// tag::client[]
@Path("/v0/tts/voices")
@RegisterRestClient(configKey = "catalogue")
public interface VoiceCatalogue {

    @GET
    @HumeAuthenticated
    String voices(@RestQuery String provider);

    @GET
    @Path("/public")
    String samples(); // <1>
}
// end::client[]
