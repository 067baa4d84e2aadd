package com.example.voice;

import java.net.URI;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.quarkiverse.hume.HumeRequestFilter;
import io.quarkiverse.hume.HumeTokens;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;

@Path("/")
public class VoiceResource {

    @Inject
    HumeTokens tokens;

    @ConfigProperty(name = "hume.base-url")
    URI hume;

    /** For the tests, which look for it where it must not be. */
    @GET
    @Path("/token")
    public String token() {
        return tokens.await().value();
    }

    @GET
    @Path("/chats")
    public String chats() {
        return QuarkusRestClientBuilder.newBuilder().baseUri(hume).register(new HumeRequestFilter()).build(ChatHistory.class)
                .all();
    }
}
