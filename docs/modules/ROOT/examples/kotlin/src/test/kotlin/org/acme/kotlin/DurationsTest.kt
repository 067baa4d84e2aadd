package org.acme.kotlin

import io.quarkiverse.hume.test.ConnectHumeEmulator
import io.quarkiverse.hume.test.CredentialKind.TOKEN
import io.quarkiverse.hume.test.HumeEmulator
import io.quarkus.test.junit.QuarkusTest
import jakarta.inject.Inject
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

/** Suspend functions carry a credential, and are retried when the token has been revoked. */
@QuarkusTest
class DurationsTest {

    @Inject
    lateinit var durations: Durations

    @ConnectHumeEmulator
    lateinit var hume: HumeEmulator

    @Test
    fun lines_areSpokenWithAToken() {
        assertTrue(longest("Good morning\nHow are you?\nSee you soon") > 0)

        hume.requests("/v0/tts").haveStatuses(200, 200, 200).haveCredentials(TOKEN, TOKEN, TOKEN)
    }

    @Test
    fun revokedToken_isReplaced() {
        longest("Good morning")
        hume.revokeTokens()

        longest("Good evening")

        hume.requests("/v0/tts").haveStatuses(200, 401, 200)
    }

    private fun longest(text: String) = runBlocking { durations.longest(text) }
}
