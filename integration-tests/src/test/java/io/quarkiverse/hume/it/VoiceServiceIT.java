package io.quarkiverse.hume.it;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same for the packaged application, whose build saw no keys and no emulator. */
@QuarkusIntegrationTest
class VoiceServiceIT extends VoiceServiceTest {
}
