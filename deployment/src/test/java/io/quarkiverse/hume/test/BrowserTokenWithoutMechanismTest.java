package io.quarkiverse.hume.test;

import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

/** The build fails if the security extension has no authentication mechanism. */
class BrowserTokenWithoutMechanismTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = BrowserTokenUsers.application(ConfigurationFailureTests.class)
            .overrideConfigKey("quarkus.http.auth.basic", "false")
            .assertException(failure -> ConfigurationFailureTests.assertMessages(failure,
                    "no HTTP authentication mechanism", "quarkus-oidc"));

    @Test
    void build_fails() {
        fail("the application must not be built");
    }
}
