package io.quarkiverse.hume.runtime.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;

class TokenRenewalTest {

    @ParameterizedTest
    @CsvSource(nullValues = "none", value = { "true,quarkus.scheduler.enabled,true,none",
            "true,quarkus.scheduler.enabled,false,quarkus.scheduler.enabled is false",
            "true,quarkus.scheduler.start-mode,normal,none", "true,quarkus.scheduler.start-mode,forced,none",
            "true,quarkus.scheduler.start-mode,halted,quarkus.scheduler.start-mode is halted",
            "true,quarkus.scheduler.start-mode,HALTED,quarkus.scheduler.start-mode is halted",
            "false,quarkus.scheduler.enabled,true,'with quarkus-quartz, jobs may be kept in a store that other instances share'" })
    void schedulerThatDoesNotRunTheJob_isKnownBeforehand(boolean jobExists, String property, String value, String reason) {
        assertThat(TokenRenewal.whyNoJob(jobExists, new SmallRyeConfigBuilder().withSources(
                new PropertiesConfigSource(Map.of(property, value), "test", 100)).build()).orElse(null)).isEqualTo(reason);
    }
}
