package io.quarkiverse.hume.test;

import static org.junit.jupiter.api.Assertions.fail;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeTokens;
import io.quarkus.test.QuarkusUnitTest;

/** The build fails if tokens are injected in an application with the API key strategy. */
class TokensWithApiKeyStrategyTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(ConfigurationFailureTests.class, NeedsTokens.class))
            .overrideConfigKey("hume.api-key", "s3cr3t-key")
            .assertException(failure -> ConfigurationFailureTests.assertMessages(failure,
                    "injects HumeTokens", "only hume.api-key is configured", "hume.secret-key"));

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
