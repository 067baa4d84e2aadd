package io.quarkiverse.hume.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RelayConfigValidatorTest {

    @Test
    void defaults_areValid() {
        assertThat(RelayConfigValidator.violations(ConfigStub.relay(Map.of()))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({ "requests-per-minute,1,10000,0,10001", "sockets-per-user,1,1000,0,1001",
            "socket-idle-timeout,1S,24H,999MS,25H",
            "max-socket-duration,1S,24H,0S,25H", "max-body-size,1K,1G,1023,2G", "max-frame-size,1K,16M,1023,17M",
            "timeout,100MS,1H,99MS,61M" })
    void bounds_areValidAndValuesBeyondThemAreReported(String key, String least, String most, String less, String more) {
        for (String valid : new String[] { least, most }) {
            assertThat(RelayConfigValidator.violations(ConfigStub.relay(Map.of(key, valid)))).isEmpty();
        }
        for (String invalid : new String[] { less, more }) {
            assertThat(RelayConfigValidator.violations(ConfigStub.relay(Map.of(key, invalid)))).singleElement().asString()
                    .startsWith("hume.relay." + key + " must be from ");
        }
    }

    @Test
    void allViolations_areNamedAtOnce() {
        Map<String, String> settings = new HashMap<>(Map.of("requests-per-minute", "0", "sockets-per-user", "0"));
        assertThat(RelayConfigValidator.violations(ConfigStub.relay(settings))).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({ "60S,60S,100,true", "61S,60S,100,true", "59S,60S,100,false", "10M,60S,,false" })
    void waitForTheLimit_mustBeShorterThanTheTimeout(String wait, String timeout, String permits, boolean reported) {
        Map<String, String> limit = new HashMap<>(Map.of("rate-limit.max-wait", wait));
        if (permits != null) {
            limit.put("rate-limit.requests-per-minute", permits);
        }
        assertThat(RelayConfigValidator.waitViolation(ConfigStub.relay(Map.of("timeout", timeout)), "hume.",
                ConfigStub.account(limit).rateLimit()).isPresent()).isEqualTo(reported);
    }
}
