package io.quarkiverse.hume.it;

import java.util.List;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jboss.resteasy.reactive.RestQuery;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;

import io.quarkiverse.hume.HumeAuthenticated;
import io.smallrye.mutiny.Uni;

/** Hume's text to speech. */
@Path("/v0/tts")
@RegisterRestClient(configKey = "tts")
@HumeAuthenticated
public interface TextToSpeech {

    @POST
    Uni<Speech> synthesize(Request request);

    @GET
    @Path("/voices")
    Voices voices(@RestQuery String provider);

    record Request(List<Utterance> utterances) {
        public static Request of(String text) {
            return new Request(List.of(new Utterance(text)));
        }
    }

    record Utterance(String text) {
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Speech(@JsonProperty("request_id") String requestId, List<Generation> generations) {
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Generation(@JsonProperty("generation_id") String id, byte[] audio, double duration) {
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Voices(@JsonProperty("voices_page") List<Voice> voices) {
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Voice(String id, String name, String provider) {
    }
}
