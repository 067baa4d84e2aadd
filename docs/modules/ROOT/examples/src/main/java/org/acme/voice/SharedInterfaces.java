package org.acme.voice;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jboss.resteasy.reactive.RestQuery;

import io.quarkiverse.hume.HumeAuthenticated;
import io.quarkiverse.hume.HumeStrategy;

/** Clients that are authenticated by what they extend and what they return. */
public final class SharedInterfaces {

    private SharedInterfaces() {
    }

    // tag::marker[]
    @HumeAuthenticated
    public interface HumeApi {
    }

    @Path("/v0/evi/chats")
    @RegisterRestClient(configKey = "chats")
    public interface Chats extends HumeApi { // <1>

        @GET
        String list();
    }
    // end::marker[]

    // tag::sub-resource[]
    @Path("/v0")
    @RegisterRestClient(configKey = "voice-api")
    public interface VoiceApi {

        @Path("/evi")
        Evi evi(); // <1>

        @Path("/tts")
        @HumeAuthenticated(strategy = HumeStrategy.API_KEY)
        Tts tts(); // <2>
    }

    @HumeAuthenticated
    public interface Evi {

        @GET
        @Path("/configs")
        String configs();
    }

    public interface Tts {

        @GET
        @Path("/voices")
        String voices(@RestQuery String provider);
    }
    // end::sub-resource[]
}
