package io.quarkiverse.hume.deployment.account;

import static io.quarkiverse.hume.HumeStrategy.API_KEY;
import static io.quarkiverse.hume.HumeStrategy.AUTO;
import static io.quarkiverse.hume.HumeStrategy.TOKEN;
import static io.quarkus.runtime.LaunchMode.DEVELOPMENT;
import static io.quarkus.runtime.LaunchMode.NORMAL;
import static io.quarkus.runtime.LaunchMode.TEST;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeStrategy;
import io.quarkiverse.hume.deployment.config.ConfiguredKeys;
import io.quarkus.runtime.LaunchMode;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;

/** Accounts that the emulator does not replace: their own keys decide, and otherwise those of production. */
class AccountStrategiesTest {

    private static final String KEY = "hume.api-key";
    private static final String SECRET = "hume.secret-key";
    private static final String STRATEGY = "hume.strategy";

    static Arguments[] accounts() {
        return new Arguments[] {
                // properties, mode, strategy, revisable
                Arguments.of(Map.of(), TEST, AUTO, true),
                Arguments.of(Map.of("%prod." + KEY, "${K}"), TEST, API_KEY, true),
                Arguments.of(Map.of("%prod." + KEY, "${K}", "%prod." + SECRET, "${S}"), DEVELOPMENT, TOKEN, true),
                Arguments.of(Map.of("%prod." + KEY, "${K}"), NORMAL, API_KEY, false),
                Arguments.of(Map.of("%test." + KEY, "k", "%prod." + SECRET, "${S}"), TEST, API_KEY, true),
                Arguments.of(Map.of(KEY, "k", SECRET, "s"), TEST, TOKEN, false),
                // An API key that a test sets itself, beside a secret key that is mentioned and not set.
                Arguments.of(Map.of("%test." + KEY, "k", SECRET, "${S}"), TEST, TOKEN, true),
                Arguments.of(Map.of("%dev." + KEY, "k", SECRET, "${S}"), DEVELOPMENT, TOKEN, false),
                Arguments.of(Map.of(KEY, "k", SECRET, "${S}"), NORMAL, TOKEN, false),
                Arguments.of(Map.of(KEY, "k", SECRET, "${S}", STRATEGY, "token"), TEST, TOKEN, false),
                Arguments.of(Map.of(KEY, "k", "%prod." + STRATEGY, "token"), TEST, TOKEN, true),
                Arguments.of(Map.of(KEY, "k", STRATEGY, "token", "%prod." + STRATEGY, "api-key"), TEST, API_KEY, true),
                Arguments.of(Map.of(KEY, "k", "%test." + STRATEGY, "token", "%prod." + STRATEGY, "api-key"), TEST, TOKEN,
                        false) };
    }

    @ParameterizedTest
    @MethodSource("accounts")
    void account_hasTheStrategyOfItsKeys_orOfProduction(Map<String, String> properties, LaunchMode mode,
            HumeStrategy strategy, boolean revisable) {
        AccountStrategies strategies = new AccountStrategies(keys(properties, mode.getDefaultProfile()),
                keys(properties, "prod"), mode);
        assertThat(strategies.decide(HumeAccount.DEFAULT).strategy()).isEqualTo(strategy);
        assertThat(strategies.isRevisable(HumeAccount.DEFAULT)).isEqualTo(revisable);
    }

    private static ConfiguredKeys keys(Map<String, String> properties, String profile) {
        return new ConfiguredKeys(new SmallRyeConfigBuilder().addDefaultInterceptors().withProfile(profile)
                .withSources(new PropertiesConfigSource(properties, "application.properties", 250)).build());
    }
}
