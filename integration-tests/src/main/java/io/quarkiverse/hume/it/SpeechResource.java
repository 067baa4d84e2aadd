package io.quarkiverse.hume.it;

import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.rest.client.inject.RestClient;

import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;

/** Turns text into speech with the voice platform and access tokens. */
@Path("/")
public class SpeechResource {

    private final TextToSpeech textToSpeech;
    private final EmpathicVoice empathicVoice;

    public SpeechResource(@RestClient TextToSpeech textToSpeech, @RestClient EmpathicVoice empathicVoice) {
        this.textToSpeech = textToSpeech;
        this.empathicVoice = empathicVoice;
    }

    /** Runs on the event loop. */
    @POST
    @Path("/speech")
    @Consumes(MediaType.TEXT_PLAIN)
    @Produces("audio/wav")
    public Uni<byte[]> speech(String text) {
        if (text.isBlank()) {
            throw new BadRequestException("Send the text to be spoken as the body");
        }
        return textToSpeech.synthesize(TextToSpeech.Request.of(text)).map(speech -> speech.generations().get(0).audio());
    }

    /** Runs on a worker thread. */
    @GET
    @Path("/voices")
    @Blocking
    public TextToSpeech.Voices voices() {
        return textToSpeech.voices("HUME_AI");
    }

    @GET
    @Path("/configs")
    @Blocking
    public EmpathicVoice.Configs configs() {
        return empathicVoice.configs();
    }
}
