package io.quarkiverse.hume.test;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/**
 * The class that ReloadTest changes while it runs. It has its own file, because every class that this file names has to be
 * part of the application.
 */
@Path("/")
public class ReloadedResource {

    @RestClient
    VoiceClient voice;

    @ConfigProperty(name = "hume.emulator.url", defaultValue = "none")
    String emulator;

    @GET
    @Path("/call")
    public String call() {
        return "before " + voice.plain();
    }

    @GET
    @Path("/emulator")
    public String emulator() {
        return emulator;
    }
}
