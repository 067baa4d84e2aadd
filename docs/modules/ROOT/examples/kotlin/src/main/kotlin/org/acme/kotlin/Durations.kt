package org.acme.kotlin

import jakarta.enterprise.context.ApplicationScoped
import kotlinx.coroutines.async
import kotlinx.coroutines.coroutineScope
import org.acme.kotlin.Voice.Request
import org.acme.kotlin.Voice.Utterance
import org.eclipse.microprofile.rest.client.inject.RestClient

// tag::service[]
@ApplicationScoped
class Durations(@RestClient private val voice: Voice) {

    /** How many seconds the longest line of a text takes when it is spoken. */
    suspend fun longest(text: String): Double = coroutineScope {
        text.lines()
            .map { line -> async { voice.synthesize(Request(listOf(Utterance(line)))) } }
            .maxOf { speech -> speech.await().generations.first().duration }
    }
}
// end::service[]
