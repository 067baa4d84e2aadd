package io.quarkiverse.hume.test;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** What ReloadTest changes while it runs, in a file of its own: all that it names has to be in the application. */
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
