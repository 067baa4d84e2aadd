package org.acme;

import java.util.List;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

import io.quarkiverse.hume.HumeAuthenticated;
import io.smallrye.mutiny.Uni;

/** The part of Hume's API that this application uses. Its address and the credential come from the configuration. */
@Path("/v0/tts")
@RegisterRestClient(configKey = "tts")
@HumeAuthenticated
public interface TextToSpeech {

    @POST
    Uni<Speech> synthesize(Request request);

    record Request(List<Utterance> utterances, Format format) {
        static Request wav(String text) {
            return new Request(List.of(new Utterance(text)), new Format("wav"));
        }
    }

    record Format(String type) {
    }

    record Utterance(String text) {
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Speech(List<Generation> generations) {
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Generation(byte[] audio) {
    }
}
