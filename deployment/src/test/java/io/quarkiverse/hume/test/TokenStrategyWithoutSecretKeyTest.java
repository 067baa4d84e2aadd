package io.quarkiverse.hume.test;

import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

/** Built for tokens, started without a secret key. */
class TokenStrategyWithoutSecretKeyTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(ConfigurationFailureTests.class))
            .overrideConfigKey("hume.strategy", "token")
            .overrideConfigKey("hume.api-key", "s3cr3t-key")
            .assertException(failure -> ConfigurationFailureTests.assertMessages(failure,
                    "hume.secret-key is not set", "built for the token strategy (hume.strategy=token)",
                    "hume.strategy=api-key"));

    @Test
    void start_fails() {
        fail("the application must not start");
    }
}
