package org.acme.voice;

import java.util.List;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

import io.quarkiverse.hume.HumeAuthenticated;
import io.smallrye.mutiny.Uni;

// tag::client[]
@Path("/v0/tts")
@RegisterRestClient(configKey = "tts")
@HumeAuthenticated // <1>
public interface TextToSpeech {

    @POST
    Uni<Speech> synthesize(Request request);

    record Request(List<Utterance> utterances) {
    }

    record Utterance(String text) {
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Speech(List<Generation> generations) {
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Generation(byte[] audio, double duration) {
    }
}
// end::client[]
