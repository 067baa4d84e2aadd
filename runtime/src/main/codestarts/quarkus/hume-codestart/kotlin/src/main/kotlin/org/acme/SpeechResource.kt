package org.acme

import io.smallrye.mutiny.Uni
import jakarta.ws.rs.BadRequestException
import jakarta.ws.rs.Consumes
import jakarta.ws.rs.POST
import jakarta.ws.rs.Path
import jakarta.ws.rs.Produces
import jakarta.ws.rs.core.MediaType
import org.acme.TextToSpeech.Format
import org.acme.TextToSpeech.Request
import org.acme.TextToSpeech.Utterance
import org.eclipse.microprofile.rest.client.inject.RestClient

@Path("/speech")
class SpeechResource(@RestClient private val textToSpeech: TextToSpeech) {

    /** Speaks a text; the answer is a WAV file. */
    @POST
    @Consumes(MediaType.TEXT_PLAIN)
    @Produces("audio/wav")
    fun speak(text: String): Uni<ByteArray> {
        if (text.isBlank()) {
            throw BadRequestException("Send the text to be spoken as the body")
        }
        return textToSpeech.synthesize(Request(listOf(Utterance(text)), Format("wav")))
            .map { speech -> speech.generations.first().audio }
    }
}
