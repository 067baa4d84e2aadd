package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeTokens;
import io.quarkus.test.QuarkusUnitTest;

/** {@code hume.metrics.enabled=false}: the application has no metrics of the extension. */
class MetricsSwitchedOffTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .setForcedDependencies(ForcedExtensions.of(ForcedExtensions.METRICS))
            .withApplicationRoot(jar -> jar.addClasses(ForcedExtensions.class, BrowserCall.class, BrowserCall.Answer.class))
            .overrideConfigKey("hume.metrics.enabled", "false");

    @Inject
    HumeTokens tokens;

    @Test
    void scrape_findsNothingOfHume() {
        tokens.await();
        assertThat(BrowserCall.anonymous().get("/q/metrics").body()).contains("jvm_").doesNotContain("hume_");
    }
}
