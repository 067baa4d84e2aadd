package io.quarkiverse.hume.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

class BrowserTokenConfigValidatorTest {

    private static List<String> violations(Map<String, String> settings) {
        return BrowserTokenConfigValidator.violations(ConfigStub.browserToken(settings));
    }

    @Test
    void defaults_areValid() {
        assertThat(violations(Map.of())).isEmpty();
    }

    @Test
    void bounds_areValid() {
        assertThat(violations(Map.of("min-validity", "0S", "limit-per-minute", "1"))).isEmpty();
        assertThat(violations(Map.of("min-validity", "1H", "limit-per-minute", "1000"))).isEmpty();
    }

    @Test
    void beyondTheBounds_isNamed() {
        assertThat(violations(Map.of("min-validity", "3601S", "limit-per-minute", "0")))
                .anyMatch(violation -> violation.contains("hume.browser-token.min-validity"))
                .anyMatch(violation -> violation.contains("hume.browser-token.limit-per-minute")).hasSize(2);
        assertThat(violations(Map.of("min-validity", "PT-1S", "limit-per-minute", "1001"))).hasSize(2);
    }
}
