package org.acme;

import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.rest.client.inject.RestClient;

import io.smallrye.mutiny.Uni;

@Path("/speech")
public class SpeechResource {

    private final TextToSpeech textToSpeech;

    public SpeechResource(@RestClient TextToSpeech textToSpeech) {
        this.textToSpeech = textToSpeech;
    }

    /** Converts the text to speech, and returns it as a WAV file. */
    @POST
    @Consumes(MediaType.TEXT_PLAIN)
    @Produces("audio/wav")
    public Uni<byte[]> speak(String text) {
        if (text.isBlank()) {
            throw new BadRequestException("Send the text to be spoken as the body");
        }
        return textToSpeech.synthesize(TextToSpeech.Request.wav(text))
                .map(speech -> speech.generations().get(0).audio());
    }
}
