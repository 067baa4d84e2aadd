package io.quarkiverse.hume.nativesources;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

import io.quarkiverse.hume.HumeAuthenticated;

@Path("/v0/tts/voices")
@RegisterRestClient
@HumeAuthenticated
public interface Voices {
    @GET
    String list();
}
