package org.acme

import io.quarkus.test.junit.QuarkusIntegrationTest

/** The same with the packaged application. */
@QuarkusIntegrationTest
class SpeechResourceIT : SpeechResourceTest()
