package com.example.voice;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

import io.quarkiverse.hume.HumeAuthenticated;
import io.quarkiverse.hume.HumeStrategy;

@Path("/v0/evi")
@RegisterRestClient
@HumeAuthenticated
public interface EmpathicVoice {

    @GET
    @Path("/configs")
    String configurations();

    @GET
    @Path("/chats")
    @HumeAuthenticated(strategy = HumeStrategy.API_KEY)
    String chats();
}
