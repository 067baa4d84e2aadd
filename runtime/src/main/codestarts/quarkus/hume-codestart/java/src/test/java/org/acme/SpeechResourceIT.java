package org.acme;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** Runs the tests of {@link SpeechResourceTest} against the packaged application. */
@QuarkusIntegrationTest
class SpeechResourceIT extends SpeechResourceTest {
}
