package org.acme.openapi;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.acme.openapi.tts.api.VoicesApi;
import org.eclipse.microprofile.rest.client.inject.RestClient;

// tag::resource[]
@Path("/voices")
public class VoicesResource {

    @RestClient
    VoicesApi voices; // <1>

    @GET
    public Object list() {
        return voices.listVoices("CUSTOM_VOICE");
    }
}
// end::resource[]
