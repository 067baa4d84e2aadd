package io.quarkiverse.hume.test;

import static org.junit.jupiter.api.Assertions.fail;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeTokens;
import io.quarkus.test.QuarkusUnitTest;

/**
 * Tokens of an account for which the configuration mentions only an API key: with the emulator, the build fails as it does for
 * production.
 */
class TokensOfEmulatedAccountTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(ConfigurationFailureTests.class, NeedsTokens.class))
            .overrideConfigKey("hume.accounts.cloud.api-key", "${CLOUD_KEY_THAT_IS_NOT_SET}")
            .assertException(failure -> ConfigurationFailureTests.assertMessages(failure, "injects HumeTokens",
                    "only hume.accounts.\"cloud\".api-key is configured", "hume.accounts.\"cloud\".secret-key"));

    @Singleton
    public static class NeedsTokens {
        @Inject
        @HumeAccount("cloud")
        HumeTokens tokens;
    }

    @Test
    void start_fails() {
        fail("the application must not start");
    }
}
