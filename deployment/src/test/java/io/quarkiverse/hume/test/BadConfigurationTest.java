package io.quarkiverse.hume.test;

import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

/** Every violation is reported at once, each with its property. */
class BadConfigurationTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(ConfigurationFailureTests.class))
            .overrideConfigKey("hume.api-key", "s3cr3t key")
            .overrideConfigKey("hume.base-url", "http://api.example.com/?x=1")
            .overrideConfigKey("hume.trusted-hosts", "https://evil.example,*.com,api.example.com")
            // Accounts without a key: the emulator replaces no invalid address, which would fail in production only.
            .overrideConfigKey("hume.accounts.bare.base-url", "api.hume.ai")
            .overrideConfigKey("hume.accounts.plain.base-url", "http://api.hume.ai")
            .overrideConfigKey("hume.accounts.query.base-url", "https://api.hume.ai?x=1")
            .overrideConfigKey("hume.token.path", "oauth2")
            .overrideConfigKey("hume.token.timeout", "0S")
            .overrideConfigKey("hume.token.refresh-before", "-1S")
            .overrideConfigKey("hume.token.default-lifetime", "0S")
            .overrideConfigKey("hume.token.retry.max-retries", "99")
            .overrideConfigKey("hume.token.retry.delay", "10S")
            .overrideConfigKey("hume.token.retry.max-delay", "1S")
            .overrideConfigKey("hume.token.check-every", "0S")
            .assertException(failure -> ConfigurationFailureTests.assertMessages(failure,
                    "hume.api-key cannot be used", "hume.base-url must be https",
                    "hume.base-url must have no user, query or fragment",
                    "hume.accounts.\"bare\".base-url must be an absolute address",
                    "hume.accounts.\"plain\".base-url must be https",
                    "hume.accounts.\"query\".base-url must have no user, query or fragment",
                    "hume.trusted-hosts has the entry \"https://evil.example\"", "hume.trusted-hosts has the entry \"*.com\"",
                    "hume.token.path must start with a slash", "hume.token.timeout must be at least a millisecond",
                    "hume.token.refresh-before must be at least a millisecond",
                    "hume.token.default-lifetime must be at least a millisecond",
                    "hume.token.retry.max-retries must be from 0 to 10",
                    "hume.token.retry.max-delay must not be less than hume.token.retry.delay",
                    "hume.token.check-every must be at least a second"));

    @Test
    void start_fails() {
        fail("the application must not start");
    }
}
