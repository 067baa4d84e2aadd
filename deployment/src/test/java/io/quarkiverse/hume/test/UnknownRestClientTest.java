package io.quarkiverse.hume.test;

import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

/** A name in hume.rest-clients that is nothing. */
class UnknownRestClientTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(ConfigurationFailureTests.class, VoiceClient.class))
            .overrideConfigKey("hume.rest-clients", "nothing")
            .assertException(failure -> ConfigurationFailureTests.assertMessages(failure,
                    "hume.rest-clients names \"nothing\"", "Config keys here: [voice]"));

    @Test
    void start_fails() {
        fail("the application must not start");
    }
}
