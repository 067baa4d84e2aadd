package org.acme.decisions;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same with the packaged application. */
@QuarkusIntegrationTest
class DecisionResourceIT extends DecisionResourceTest {
}
