package io.quarkiverse.hume.deployment.spi;

import static io.quarkiverse.hume.HumeStrategy.API_KEY;
import static io.quarkiverse.hume.HumeStrategy.AUTO;
import static io.quarkiverse.hume.HumeStrategy.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeStrategy;
import io.quarkiverse.hume.deployment.config.ConfiguredKeys;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;

/** Every combination of the property and the keys that are visible at build time, with the decision and the reason. */
class StrategyDecisionTest {

    private static final String ONLY_KEY = "only hume.api-key is configured";
    private static final String SECRET = "hume.secret-key is configured";
    private static final String NOTHING = "the build sees no keys, so the startup decides";

    static Stream<Arguments> combinations() {
        return Stream.of(
                // strategy, properties, environment, expected strategy, expected reason
                Arguments.of(AUTO, Map.of(), Map.of(), AUTO, NOTHING),
                Arguments.of(AUTO, Map.of("hume.api-key", "k"), Map.of(), API_KEY, ONLY_KEY),
                Arguments.of(AUTO, Map.of("hume.api-key", "k", "hume.secret-key", "s"), Map.of(), TOKEN, SECRET),
                Arguments.of(AUTO, Map.of("hume.secret-key", "s"), Map.of(), TOKEN, SECRET),
                Arguments.of(AUTO, Map.of("hume.api-key", "k", "hume.secret-key", ""), Map.of(), API_KEY, ONLY_KEY),
                Arguments.of(AUTO, Map.of("hume.api-key", "${UNSET_A}"), Map.of(), API_KEY, ONLY_KEY),
                Arguments.of(AUTO, Map.of("hume.api-key", "${UNSET_A}", "hume.secret-key", "${UNSET_B}"), Map.of(),
                        TOKEN, SECRET),
                Arguments.of(AUTO, Map.of("hume.api-key", "${UNSET_A:}", "hume.secret-key", "${UNSET_B:}"), Map.of(),
                        TOKEN, SECRET),
                Arguments.of(AUTO, Map.of(), Map.of("HUME_API_KEY", "k"), API_KEY, ONLY_KEY),
                Arguments.of(AUTO, Map.of(), Map.of("HUME_API_KEY", "k", "HUME_SECRET_KEY", "s"), TOKEN, SECRET),
                Arguments.of(AUTO, Map.of("hume.api-key", "k"), Map.of("HUME_SECRET_KEY", "s"), TOKEN, SECRET),
                Arguments.of(AUTO, Map.of("%prod.hume.api-key", "k"), Map.of(), API_KEY, ONLY_KEY),
                Arguments.of(AUTO, Map.of("%prod.hume.api-key", "k", "%prod.hume.secret-key", "s"), Map.of(), TOKEN,
                        SECRET),
                Arguments.of(AUTO, Map.of("%dev.hume.api-key", "k", "%dev.hume.secret-key", "s"), Map.of(), AUTO,
                        NOTHING),
                Arguments.of(API_KEY, Map.of(), Map.of(), API_KEY, "hume.strategy=api-key"),
                Arguments.of(API_KEY, Map.of("hume.api-key", "k", "hume.secret-key", "s"), Map.of(), API_KEY,
                        "hume.strategy=api-key"),
                Arguments.of(TOKEN, Map.of(), Map.of(), TOKEN, "hume.strategy=token"),
                Arguments.of(TOKEN, Map.of("hume.api-key", "k"), Map.of(), TOKEN, "hume.strategy=token"),
                Arguments.of(TOKEN, Map.of("hume.api-key", "k", "hume.secret-key", "s"), Map.of(), TOKEN,
                        "hume.strategy=token"));
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void decide(HumeStrategy configured, Map<String, String> properties, Map<String, String> environment,
            HumeStrategy expected, String reason) {
        ConfiguredKeys keys = new ConfiguredKeys(config(properties, environment));

        StrategyDecision decision = StrategyDecision.decide(HumeAccount.DEFAULT, configured,
                keys.isConfigured(HumeAccount.DEFAULT, "api-key"), keys.isConfigured(HumeAccount.DEFAULT, "secret-key"));

        assertThat(decision).isEqualTo(new StrategyDecision(expected, reason));
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void decide_namedAccount_isTheSameRule(HumeStrategy configured, Map<String, String> properties,
            Map<String, String> environment, HumeStrategy expected, String reason) {
        Map<String, String> named = new java.util.HashMap<>();
        properties.forEach((name, value) -> named.put(name.replace("hume.", "hume.accounts.\"cloud\"."), value));
        Map<String, String> namedEnvironment = new java.util.HashMap<>();
        environment.forEach((name, value) -> namedEnvironment.put(name.replace("HUME_", "HUME_ACCOUNTS__CLOUD__"), value));
        ConfiguredKeys keys = new ConfiguredKeys(config(named, namedEnvironment));

        StrategyDecision decision = StrategyDecision.decide("cloud", configured, keys.isConfigured("cloud", "api-key"),
                keys.isConfigured("cloud", "secret-key"));

        assertThat(decision).isEqualTo(new StrategyDecision(expected, reason.replace("hume.", "hume.accounts.\"cloud\".")));
    }

    private static SmallRyeConfig config(Map<String, String> properties, Map<String, String> environment) {
        return new SmallRyeConfigBuilder().addDefaultInterceptors().withProfile("prod")
                .withSources(new PropertiesConfigSource(properties, "application.properties", 250))
                .withSources(new EnvConfigSource(environment, 300)).build();
    }
}
