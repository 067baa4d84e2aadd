package io.quarkiverse.hume.test;

import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

/** A policy name that does not exist fails the start instead of disabling the check. */
class BrowserTokenUnknownPolicyTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = BrowserTokenUsers.application(ConfigurationFailureTests.class)
            .overrideConfigKey("hume.browser-token.policy", "on-no-list")
            .assertException(failure -> ConfigurationFailureTests.assertMessages(failure,
                    "hume.browser-token.policy is \"on-no-list\"", "HttpSecurityPolicy bean"));

    @Test
    void start_fails() {
        fail("the application must not start");
    }
}
