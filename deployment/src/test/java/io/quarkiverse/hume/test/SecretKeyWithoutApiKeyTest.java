package io.quarkiverse.hume.test;

import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

/** A secret key without an API key. */
class SecretKeyWithoutApiKeyTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(ConfigurationFailureTests.class))
            .overrideConfigKey("hume.devservices.enabled", "false")
            .overrideConfigKey("hume.secret-key", "s3cr3t-secret")
            .assertException(failure -> ConfigurationFailureTests.assertMessages(failure,
                    "hume.secret-key is set but hume.api-key is not"));

    @Test
    void start_fails() {
        fail("the application must not start");
    }
}
