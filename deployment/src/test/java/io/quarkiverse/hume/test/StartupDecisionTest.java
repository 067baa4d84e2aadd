package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeAccounts;
import io.quarkiverse.hume.HumeStrategy;
import io.quarkus.arc.Arc;
import io.quarkus.scheduler.Scheduler;
import io.quarkus.test.QuarkusUnitTest;

/**
 * The build sees no key, and both keys are set at startup: the application uses tokens and contains everything that they need.
 */
class StartupDecisionTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withEmptyApplication()
            .overrideConfigKey("hume.devservices.enabled", "false")
            .overrideConfigKey("hume.token.acquire-at-startup", "false")
            .overrideRuntimeConfigKey("hume.api-key", "known-only-now")
            .overrideRuntimeConfigKey("hume.secret-key", "known-only-now-too");

    @Inject
    HumeAccounts accounts;
    @Inject
    Scheduler scheduler;

    @Test
    void bothKeysAtStartup_choosesTokens() {
        assertThat(accounts.get(HumeAccount.DEFAULT).strategy()).isEqualTo(HumeStrategy.TOKEN);
        assertThat(accounts.get(HumeAccount.DEFAULT).reason()).isEqualTo("decided at startup: there is a secret key");
        assertThat(scheduler.getScheduledJob("hume-token-refresh")).isNotNull();
        assertThat(Arc.container().instance(io.quarkiverse.hume.HumeTokens.class).isAvailable()).isTrue();
    }
}
