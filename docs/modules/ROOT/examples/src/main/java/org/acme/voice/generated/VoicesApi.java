package org.acme.voice.generated;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jboss.resteasy.reactive.RestQuery;

/** As a generator leaves it: known by its config key. */
@Path("/v0/tts/voices")
@RegisterRestClient(configKey = "voices")
public interface VoicesApi {

    @GET
    String list(@RestQuery String provider);
}
