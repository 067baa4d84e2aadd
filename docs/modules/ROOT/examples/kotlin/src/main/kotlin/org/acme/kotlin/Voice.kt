package org.acme.kotlin

import io.quarkiverse.hume.HumeAuthenticated
import jakarta.ws.rs.POST
import jakarta.ws.rs.Path
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient

// tag::client[]
@Path("/v0/tts")
@RegisterRestClient(configKey = "voice")
@HumeAuthenticated
interface Voice {

    @POST
    suspend fun synthesize(request: Request): Speech

    data class Request(val utterances: List<Utterance>)

    data class Utterance(val text: String)

    data class Speech(val generations: List<Generation>)

    data class Generation(val duration: Double)
}
// end::client[]
