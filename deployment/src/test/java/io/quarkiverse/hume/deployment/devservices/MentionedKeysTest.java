package io.quarkiverse.hume.deployment.devservices;

import static io.quarkiverse.hume.HumeStrategy.API_KEY;
import static io.quarkiverse.hume.HumeStrategy.AUTO;
import static io.quarkiverse.hume.HumeStrategy.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeStrategy;
import io.quarkiverse.hume.deployment.config.ConfiguredKeys;
import io.quarkiverse.hume.deployment.spi.EmulatedAccount;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;

/** The keys that the emulator provides: those that the active profile or the production profile mentions. */
class MentionedKeysTest {

    private static final String KEY = "hume.api-key";
    private static final String SECRET = "hume.secret-key";
    private static final String STRATEGY = "hume.strategy";
    private static final String URL = "hume.base-url";
    private static final String CLOUD = "https://api.cloud.hume.ai";

    static Arguments[] accounts() {
        return new Arguments[] {
                // properties, tokens wanted, strategy, fixed, only an API key mentioned, secret key provided
                Arguments.of(Map.of(), false, AUTO, false, false, true),
                Arguments.of(Map.of(KEY, "${K}"), false, API_KEY, false, true, false),
                Arguments.of(Map.of(KEY, "${K}"), true, API_KEY, false, true, false),
                Arguments.of(Map.of(KEY, "${K}", SECRET, "${S}"), false, TOKEN, false, false, true),
                Arguments.of(Map.of(KEY, "${K:}", SECRET, "${S:}"), false, TOKEN, false, false, true),
                Arguments.of(Map.of(KEY, "${K}", SECRET, " "), false, API_KEY, false, true, false),
                Arguments.of(Map.of(SECRET, "${S}"), false, TOKEN, false, false, true),
                Arguments.of(Map.of("%prod." + KEY, "${K}"), false, API_KEY, false, true, false),
                Arguments.of(Map.of("%prod." + KEY, "literal", "%prod." + SECRET, "${S}"), false, TOKEN, false, false, true),
                Arguments.of(Map.of(KEY, "${K}", "%prod." + SECRET, "${S}"), false, TOKEN, false, false, true),
                Arguments.of(Map.of("%test." + KEY, "${K}"), false, API_KEY, false, true, false),
                Arguments.of(Map.of("%staging." + KEY, "${K}"), false, AUTO, false, false, true),
                Arguments.of(Map.of(STRATEGY, "api-key"), false, API_KEY, true, false, false),
                Arguments.of(Map.of(STRATEGY, "api-key"), true, API_KEY, true, false, true),
                Arguments.of(Map.of(STRATEGY, "api-key", SECRET, "${S}"), false, API_KEY, true, false, true),
                Arguments.of(Map.of("%prod." + STRATEGY, "api-key"), false, API_KEY, true, false, false),
                Arguments.of(Map.of("%prod." + STRATEGY, "${NOT_SET}"), false, AUTO, false, false, true),
                // The cloud platform needs an API key.
                Arguments.of(Map.of(URL, CLOUD), false, AUTO, false, false, false),
                Arguments.of(Map.of("%prod." + URL, "HTTPS://API.CLOUD.HUME.AI:443/"), false, AUTO, false, false, false),
                Arguments.of(Map.of("%prod." + URL, CLOUD, URL, "https://api.hume.ai"), false, AUTO, false, false, true),
                Arguments.of(Map.of(URL, CLOUD), true, AUTO, false, false, true),
                Arguments.of(Map.of(URL, CLOUD, STRATEGY, "token"), false, TOKEN, true, false, true),
                Arguments.of(Map.of(URL, CLOUD, SECRET, "${S}"), false, TOKEN, false, false, true),
                // Only production decides if it mentions a key or a strategy.
                Arguments.of(Map.of(KEY, "${K}", SECRET, "${S}", "%prod." + SECRET, ""), false, API_KEY, false, true, false),
                Arguments.of(Map.of(KEY, "${K}", "%test." + SECRET, "${S}"), false, API_KEY, false, true, false),
                Arguments.of(Map.of(STRATEGY, "token", "%prod." + STRATEGY, "api-key"), false, API_KEY, true, false, false),
                Arguments.of(Map.of("%test." + STRATEGY, "token", "%prod." + STRATEGY, "api-key"), false, TOKEN, true, false,
                        true),
                Arguments.of(Map.of(STRATEGY, "token"), false, TOKEN, true, false, true),
                Arguments.of(Map.of(STRATEGY, "token", KEY, "${K}"), false, TOKEN, true, true, false) };
    }

    @ParameterizedTest
    @MethodSource("accounts")
    void account_hasTheStrategyOfProduction(Map<String, String> properties, boolean tokensWanted, HumeStrategy strategy,
            boolean fixed, boolean onlyApiKey, boolean secretKey) {
        EmulatedAccount account = MentionedKeys.emulated(HumeAccount.DEFAULT, keys(properties, "test"),
                keys(properties, "prod"),
                tokensWanted);

        assertThat(account.decision().strategy()).isEqualTo(strategy);
        assertThat(account.fixed()).isEqualTo(fixed);
        assertThat(account.onlyApiKey()).isEqualTo(onlyApiKey);
        assertThat(account.secretKey()).isEqualTo(secretKey);
    }

    /** Variables of the environment, as a file .env has them, too; none of them is mentioned in the properties. */
    @ParameterizedTest
    @CsvSource({ "HUME_API_KEY, , <default>, API_KEY", "HUME_API_KEY, HUME_SECRET_KEY, <default>, TOKEN",
            "_TEST_HUME_API_KEY, , <default>, API_KEY", "_PROD_HUME_API_KEY, , <default>, API_KEY",
            "HUME_ACCOUNTS__CLOUD__API_KEY, , cloud, API_KEY",
            "HUME_ACCOUNTS__CLOUD__API_KEY, HUME_ACCOUNTS__CLOUD__SECRET_KEY, cloud, TOKEN" })
    void environment_isConfigurationToo(String first, String second, String account, HumeStrategy strategy) {
        Map<String, String> variables = second == null ? Map.of(first, "k") : Map.of(first, "k", second, "s");

        assertThat(MentionedKeys.emulated(account, environment(variables, "test"), environment(variables, "prod"), false)
                .decision().strategy()).isEqualTo(strategy);
        assertThat(environment(variables, "test").isResolvable(account, "api-key")).as("it needs no emulator")
                .isEqualTo(!first.startsWith("_PROD"));
    }

    /**
     * A variable that is set to nothing, as on a build server that may not see the secrets: it hides the value of a file when
     * the application runs, but says nothing about production. A value without text in a file, on the other hand, is a choice.
     */
    @ParameterizedTest
    @CsvSource({ "${K}, , API_KEY", "${K}, ${S}, TOKEN", ", , AUTO", "${K}, ' ', API_KEY" })
    void emptyVariables_hideNothing(String apiKey, String secretKey, HumeStrategy strategy) {
        for (String account : List.of(HumeAccount.DEFAULT, "cloud", "customer-care")) {
            Map<String, String> properties = new HashMap<>();
            String prefix = account.equals(HumeAccount.DEFAULT) ? "hume." : "hume.accounts." + account + ".";
            if (apiKey != null) {
                properties.put(prefix + "api-key", apiKey);
            }
            if (secretKey != null) {
                properties.put("%prod." + prefix + "secret-key", secretKey);
            }
            String variable = account.equals(HumeAccount.DEFAULT) ? "HUME_"
                    : "HUME_ACCOUNTS_" + account.replace('-', '_').toUpperCase(Locale.ROOT) + "_";
            Map<String, String> variables = Map.of(variable + "API_KEY", "", variable + "SECRET_KEY", "");
            assertThat(MentionedKeys.emulated(account, both(properties, variables, "test"), both(properties, variables, "prod"),
                    false).decision().strategy()).as(account).isEqualTo(strategy);
            assertThat(both(properties, variables, "test").isResolvable(account, "api-key")).as(account).isFalse();
        }
    }

    private static ConfiguredKeys both(Map<String, String> properties, Map<String, String> variables, String profile) {
        return new ConfiguredKeys(new SmallRyeConfigBuilder().addDefaultInterceptors().addDiscoveredInterceptors()
                .withProfile(profile).withSources(new EnvConfigSource(variables, 300),
                        new PropertiesConfigSource(properties, "application.properties", 250))
                .build());
    }

    private static ConfiguredKeys environment(Map<String, String> variables, String profile) {
        return new ConfiguredKeys(new SmallRyeConfigBuilder().addDefaultInterceptors().withProfile(profile)
                .withSources(new EnvConfigSource(variables, 300)).build());
    }

    private static ConfiguredKeys keys(Map<String, String> properties, String profile) {
        return new ConfiguredKeys(new SmallRyeConfigBuilder().addDefaultInterceptors().withProfile(profile)
                .withSources(new PropertiesConfigSource(properties, "application.properties", 250)).build());
    }
}
