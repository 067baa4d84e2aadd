package io.quarkiverse.hume.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharedStateConfigValidatorTest {

    @ParameterizedTest
    @ValueSource(strings = { "PT0.01S", "PT0.5S", "PT10S" })
    void bounds_areValid(Duration timeout) {
        assertThat(SharedStateConfigValidator.violations(() -> timeout)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "PT0S", "PT-1S", "PT0.009S", "PT10.001S" })
    void whatIsBeyondThem_isNamed(Duration timeout) {
        assertThat(SharedStateConfigValidator.violations(() -> timeout)).singleElement().asString()
                .startsWith("hume.shared-state.timeout must be from ");
    }
}
