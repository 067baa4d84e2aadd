package io.quarkiverse.hume.apikey;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.eclipse.microprofile.rest.client.inject.RestClient;

import io.quarkiverse.hume.HumeAuthenticated;
import io.smallrye.mutiny.Uni;

/** Passes a list of Hume's on. */
@Path("/configs")
public class ConfigsResource {

    /** A part of the API. */
    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "evi")
    @HumeAuthenticated
    public interface EmpathicVoice {
        @GET
        Uni<String> configs();
    }

    private final EmpathicVoice voice;

    public ConfigsResource(@RestClient EmpathicVoice voice) {
        this.voice = voice;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<String> configs() {
        return voice.configs();
    }
}
