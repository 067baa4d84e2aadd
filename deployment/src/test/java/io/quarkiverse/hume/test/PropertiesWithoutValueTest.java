package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

/** The build fails for optional properties that are set, but have no value. */
class PropertiesWithoutValueTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(ConfigurationFailureTests.class))
            .overrideConfigKey("hume.api-key", "s3cr3t")
            .overrideConfigKey("hume.secret-key", "s3cr3t")
            .overrideConfigKey("hume.relay.enabled", "true")
            .overrideConfigKey("hume.relay.allow", "GET /v0/evi/configs")
            .overrideConfigKey("hume.relay.roles-allowed", "${MISSING_ROLE},admin")
            .overrideConfigKey("hume.relay.account", "${MISSING_ACCOUNT}")
            .overrideConfigKey("hume.relay.policy", "${MISSING_POLICY:checked}")
            .overrideConfigKey("hume.browser-token.enabled", "true")
            .overrideConfigKey("hume.browser-token.policy", "")
            .overrideConfigKey("hume.browser-token.roles-allowed[0]", "agent")
            .overrideConfigKey("hume.rest-clients", "${MISSING_CLIENTS}")
            .overrideConfigKey("hume.accounts.\"other\".rest-clients", "${MISSING_CLIENTS}")
            .overrideConfigKey("hume.accounts.\"third\".rest-clients", "unknown")
            .overrideConfigKey("%test.hume.accounts.\"third\".rest-clients", "")
            .overrideConfigKey("hume.shared-state.client-name", "${MISSING_REDIS}")
            .assertException(failure -> {
                ConfigurationFailureTests.assertMessages(failure,
                        "hume.relay.roles-allowed is set, but has no value where the application is built"
                                + " (${MISSING_ROLE},admin). It would be ignored, and users without these roles would have"
                                + " access. Give it a value there, or remove it",
                        "hume.relay.account is set, but has no value where the application is built (${MISSING_ACCOUNT})",
                        "hume.browser-token.policy is set, but has no value where the application is built. It would be ignored,"
                                + " and every signed-in user would have access",
                        "hume.rest-clients is set, but has no value",
                        "hume.accounts.\"other\".rest-clients is set, but has no value where the application is built"
                                + " (${MISSING_CLIENTS})");
                assertThat(failure.getMessage()).doesNotContain("hume.relay.policy", "hume.browser-token.roles-allowed",
                        "third", "hume.shared-state");
            });

    @Test
    void build_fails() {
        fail("the application must not be built");
    }
}
