package io.quarkiverse.hume.test;

import static org.junit.jupiter.api.Assertions.fail;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeTokens;
import io.quarkus.test.QuarkusUnitTest;

/** The start fails if a bean uses tokens of an account whose keys come from a provider that has no secret key. */
class ProviderWithoutSecretKeyTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(ConfigurationFailureTests.class, RealKeys.class))
            .overrideConfigKey("hume.devservices.enabled", "false")
            .assertException(failure -> ConfigurationFailureTests.assertMessages(failure,
                    "The HumeCredentialsProvider " + RealKeys.class.getName() + " has no secret key for the default Hume"
                            + " account, but " + ProviderWithoutSecretKeyTest.class.getName()
                            + "#tokens uses access tokens of it. Add the secret key there, or use the strategy api-key"));

    @Inject
    HumeTokens tokens;

    @Test
    void start_fails() {
        fail("the application must not start");
    }
}
