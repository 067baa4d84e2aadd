package com.example.voice;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;

import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

import io.quarkiverse.hume.HumeRequestFilter;

@Path("/v0/tts/voices")
@RegisterRestClient(baseUri = "https://api.hume.ai")
@RegisterProvider(HumeRequestFilter.class)
public interface TextToSpeech {

    @GET
    String voices(@QueryParam("provider") String provider);
}
