package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.test.BrowserCall.Answer;
import io.quarkus.test.QuarkusUnitTest;

/** {@code hume.health.enabled=false}: the application has no health check of the extension. */
class HealthSwitchedOffTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .setForcedDependencies(ForcedExtensions.of(ForcedExtensions.HEALTH))
            .withApplicationRoot(jar -> jar.addClasses(ForcedExtensions.class, BrowserCall.class, Answer.class))
            .overrideConfigKey("hume.health.enabled", "false")
            .overrideConfigKey("hume.health.startup.enabled", "true");

    @Test
    void health_saysNothingOfHume() {
        Answer health = BrowserCall.anonymous().get("/q/health");
        assertThat(health.status()).isEqualTo(200);
        assertThat(health.body()).contains("\"UP\"").doesNotContain("Hume");
    }
}
