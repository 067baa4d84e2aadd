package org.acme

import com.fasterxml.jackson.annotation.JsonIgnoreProperties
import io.quarkiverse.hume.HumeAuthenticated
import io.smallrye.mutiny.Uni
import jakarta.ws.rs.POST
import jakarta.ws.rs.Path
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient

/** The part of Hume's API that this application uses. Its address and the credential come from the configuration. */
@Path("/v0/tts")
@RegisterRestClient(configKey = "tts")
@HumeAuthenticated
interface TextToSpeech {

    @POST
    fun synthesize(request: Request): Uni<Speech>

    class Request(val utterances: List<Utterance>, val format: Format)

    class Format(val type: String)

    class Utterance(val text: String)

    @JsonIgnoreProperties(ignoreUnknown = true)
    class Speech {
        var generations: List<Generation> = listOf()
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    class Generation {
        var audio: ByteArray = byteArrayOf()
    }
}
