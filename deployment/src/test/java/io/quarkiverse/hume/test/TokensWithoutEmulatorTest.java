package io.quarkiverse.hume.test;

import static org.junit.jupiter.api.Assertions.fail;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeTokens;
import io.quarkus.test.QuarkusUnitTest;

/** Tokens of an account with an API key in the production profile only: without the emulator, too, the build fails as there. */
class TokensWithoutEmulatorTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(ConfigurationFailureTests.class, NeedsTokens.class))
            .overrideConfigKey("quarkus.devservices.enabled", "false")
            .overrideConfigKey("%prod.hume.api-key", "${KEY_THAT_IS_NOT_SET}")
            .assertException(failure -> ConfigurationFailureTests.assertMessages(failure, "injects HumeTokens",
                    "only hume.api-key is configured", "hume.secret-key"));

    @Singleton
    public static class NeedsTokens {
        @Inject
        HumeTokens tokens;
    }

    @Test
    void start_fails() {
        fail("the application must not start");
    }
}
