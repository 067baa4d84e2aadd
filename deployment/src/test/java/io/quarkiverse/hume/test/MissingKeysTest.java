package io.quarkiverse.hume.test;

import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

/** A client without any key, and no emulator. */
class MissingKeysTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(ConfigurationFailureTests.class, VoiceClient.class))
            .overrideConfigKey("hume.devservices.enabled", "false")
            .assertException(failure -> ConfigurationFailureTests.assertMessages(failure,
                    "hume.api-key is not set", "io.quarkiverse.hume.test.VoiceClient", "HUME_API_KEY"));

    @Test
    void start_isRefused() {
        fail("the application must not start");
    }
}
