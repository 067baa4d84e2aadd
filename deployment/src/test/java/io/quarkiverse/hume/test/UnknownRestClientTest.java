package io.quarkiverse.hume.test;

import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

/** The build fails for an unknown name in {@code hume.rest-clients}. */
class UnknownRestClientTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(ConfigurationFailureTests.class, VoiceClient.class))
            .overrideConfigKey("hume.rest-clients", "nothing,io.quarkiverse.hume.test.UnknownRestClientTest$Service")
            .assertException(failure -> ConfigurationFailureTests.assertMessages(failure,
                    "hume.rest-clients names \"nothing\"", "Config keys here: [voice]",
                    "hume.rest-clients names io.quarkiverse.hume.test.UnknownRestClientTest$Service, which has no method with a"
                            + " request"));

    /** An interface of the application that is no REST client. */
    public interface Service {
        String get();
    }

    @Test
    void start_fails() {
        fail("the application must not start");
    }
}
