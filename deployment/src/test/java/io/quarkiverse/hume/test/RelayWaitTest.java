package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

/** The start fails if relayed requests may wait for the limit of their account until the relay ends them. */
class RelayWaitTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = BrowserTokenUsers.application()
            .overrideConfigKey("hume.relay.enabled", "true")
            .overrideConfigKey("hume.relay.allow", "GET /v0/evi/configs")
            .overrideConfigKey("hume.relay.account", "voices")
            .overrideConfigKey("hume.accounts.voices.api-key", "key")
            .overrideConfigKey("hume.accounts.voices.rate-limit.requests-per-minute", "100")
            .overrideConfigKey("hume.accounts.voices.rate-limit.max-wait", "1M")
            .assertException(
                    failure -> assertThat(failure).hasStackTraceContaining("hume.accounts.\"voices\".rate-limit.max-wait"
                            + " (PT1M) must be shorter than hume.relay.timeout (PT1M)"));

    @Test
    void start_fails() {
        fail("the application must not start");
    }
}
