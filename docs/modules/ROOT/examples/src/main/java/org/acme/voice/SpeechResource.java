package org.acme.voice;

import java.util.List;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;

import org.eclipse.microprofile.rest.client.inject.RestClient;

import io.smallrye.mutiny.Uni;

// tag::resource[]
@Path("/speech")
public class SpeechResource {

    private final TextToSpeech textToSpeech;

    public SpeechResource(@RestClient TextToSpeech textToSpeech) {
        this.textToSpeech = textToSpeech;
    }

    @POST
    @Consumes("text/plain")
    @Produces("audio/wav")
    public Uni<byte[]> speak(String text) {
        var request = new TextToSpeech.Request(List.of(new TextToSpeech.Utterance(text)));
        return textToSpeech.synthesize(request).map(speech -> speech.generations().get(0).audio());
    }
}
// end::resource[]
