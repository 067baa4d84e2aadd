package io.quarkiverse.hume.test;

import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

/**
 * The build fails for the endpoint if the account uses the API key strategy, because a browser must not receive an API key.
 */
class BrowserTokenApiKeyStrategyTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = BrowserTokenUsers.application(ConfigurationFailureTests.class)
            .overrideConfigKey("hume.api-key", "s3cr3t-key")
            .assertException(failure -> ConfigurationFailureTests.assertMessages(failure,
                    "hume.browser-token.enabled=true needs access tokens", "only hume.api-key is configured",
                    "hume.secret-key"));

    @Test
    void build_fails() {
        fail("the application must not be built");
    }
}
