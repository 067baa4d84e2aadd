package io.quarkiverse.hume.it;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same for the packaged application. */
@QuarkusIntegrationTest
class VoicePageIT extends VoicePageTest {
}
