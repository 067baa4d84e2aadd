package io.quarkiverse.hume.it;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same for the packaged application, which was built without keys and without the emulator. */
@QuarkusIntegrationTest
class VoiceServiceIT extends VoiceServiceTest {
}
