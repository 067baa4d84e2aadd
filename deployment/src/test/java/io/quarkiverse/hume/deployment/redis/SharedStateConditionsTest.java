package io.quarkiverse.hume.deployment.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharedStateConditionsTest {

    @Test
    void defaultClient_mayBeConfiguredWhereTheApplicationRuns() {
        assertThat(SharedStateConditions.violations(Optional.empty(), true, List.of())).isEmpty();
    }

    @Test
    void withoutTheClient_theExtensionIsNamed() {
        assertThat(SharedStateConditions.violations(Optional.empty(), false, List.of())).singleElement().asString()
                .contains("hume.shared-state=redis needs the Redis client", "quarkus-redis-client");
    }

    @ParameterizedTest
    @ValueSource(strings = { "quarkus.redis.shared.hosts", "quarkus.redis.\"shared\".hosts",
            "quarkus.redis.shared.devservices.enabled" })
    void namedClient_isConfigured(String property) {
        assertThat(SharedStateConditions.violations(Optional.of("shared"), true, List.of("a", property))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "quarkus.redis.hosts", "quarkus.redis.shared-too.hosts", "quarkus.redis.shared" })
    void namedClient_isNotConfigured(String property) {
        assertThat(SharedStateConditions.violations(Optional.of("shared"), true, List.of(property))).singleElement().asString()
                .contains("\"shared\"", "Set quarkus.redis.\"shared\".hosts", "remove hume.shared-state.client-name");
    }

    @Test
    void allViolations_areNamedAtOnce() {
        assertThat(SharedStateConditions.violations(Optional.of("shared"), false, List.of())).hasSize(2);
    }
}
