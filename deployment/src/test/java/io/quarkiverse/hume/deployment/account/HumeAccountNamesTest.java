package io.quarkiverse.hume.deployment.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeStrategy;
import io.quarkiverse.hume.deployment.config.ConfiguredKeys;
import io.quarkiverse.hume.deployment.config.HumeBuildTimeConfig;
import io.quarkiverse.hume.deployment.spi.HumeAccountNamesBuildItem;
import io.quarkiverse.hume.emulator.HumeEmulator;
import io.quarkiverse.hume.runtime.config.HumeRuntimeConfig;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigMappings.ConfigClass;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;

/** The build finds the account names in all spellings and sources. */
class HumeAccountNamesTest {

    private static final int APPLICATION_PROPERTIES = 250;
    private static final int ENV_FILE = 295;
    private static final int ENVIRONMENT = 300;
    private static final int SYSTEM_PROPERTIES = 400;

    private final Map<Integer, Map<String, String>> sources = new TreeMap<>();

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    /** All accounts are used by annotations; each has properties of the build in random sources and spellings. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void accounts_areThoseOfTheAnnotations_withTheSettingsOfTheHighestOrdinal(long seed) {
        Random random = new Random(seed);
        Map<String, String> byForm = new HashMap<>();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            String name = List.of("cloud", "EU", "customer", "Care").get(random.nextInt(4))
                    + List.of("", "-care", ".v2", "_US", "-token-b").get(random.nextInt(5));
            byForm.putIfAbsent(name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_"), name);
        }
        Set<String> accounts = new TreeSet<>(byForm.values());
        Map<String, HumeStrategy> strategies = new TreeMap<>();
        Map<String, String> clients = new TreeMap<>();
        for (String account : accounts) {
            strategies.put(account, HumeStrategy.AUTO);
            for (int ordinal : List.of(APPLICATION_PROPERTIES, ENV_FILE, ENVIRONMENT, SYSTEM_PROPERTIES)) {
                if (random.nextInt(3) == 0) {
                    boolean token = random.nextBoolean();
                    put(ordinal, spelling(random, ordinal, account, "strategy"), token ? "token" : "api-key");
                    strategies.put(account, token ? HumeStrategy.TOKEN : HumeStrategy.API_KEY);
                }
                if (random.nextInt(4) == 0) {
                    put(ordinal, spelling(random, ordinal, account, "rest-clients"), "client-" + ordinal);
                    clients.put(account, "client-" + ordinal);
                }
                if (random.nextInt(4) == 0) {
                    put(ordinal, spelling(random, ordinal, account, "api-key"), "${KEY}");
                }
            }
        }
        ConfiguredKeys keys = new ConfiguredKeys(config());
        assertThat(merge(accounts, keys).names()).as("%s", sources).isEqualTo(accounts);
        for (String account : accounts) {
            assertThat(keys.strategy(account)).as("%s %s", account, sources).isEqualTo(strategies.get(account));
            assertThat(keys.restClients(account)).isEqualTo(
                    clients.containsKey(account) ? Set.of(clients.get(account)) : Set.of());
        }
    }

    private static String spelling(Random random, int ordinal, String account, String key) {
        boolean environment = ordinal == ENV_FILE || ordinal == ENVIRONMENT;
        String name = random.nextBoolean() || !environment && account.contains(".")
                ? "hume.accounts.\"" + account + "\"." + key
                : "hume.accounts." + account + "." + key;
        return environment ? name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT) : name;
    }

    private static HumeAccountNamesBuildItem merge(Set<String> used, ConfiguredKeys keys) {
        return AccountNames.merge(used, keys, keys);
    }

    /** Code may name an account that only the configuration of production has. */
    @Test
    void accountsOfProduction_areKnownInOtherModes() {
        put(APPLICATION_PROPERTIES, "%dev.hume.accounts.local.api-key", "key");
        ConfiguredKeys dev = new ConfiguredKeys(config("dev"));
        put(APPLICATION_PROPERTIES, "%prod.hume.accounts.cloud.api-key", "key");
        put(APPLICATION_PROPERTIES, "%prod.hume.accounts.customer-care.api-key", "key");
        HumeAccountNamesBuildItem accounts = AccountNames.merge(Set.of("EU"), dev, new ConfiguredKeys(config("prod")));
        assertThat(accounts.names()).containsExactly("EU", "cloud", "customer-care", "local");
        assertThat(accounts.configured()).containsExactly("cloud", "customer-care", "local");
    }

    /** The emulator does not depend on the runtime, so it has a constant of its own. */
    @Test
    void defaultAccount_hasTheSameNameInTheEmulator() {
        assertThat(HumeEmulator.DEFAULT_ACCOUNT).isEqualTo(HumeAccount.DEFAULT);
    }

    @Test
    void accountOfTheConfigurationAlone_isKnownToo() {
        put(APPLICATION_PROPERTIES, "hume.accounts.cloud.rest-clients", "tts");
        put(ENVIRONMENT, "HUME_ACCOUNTS__CUSTOMER_CARE__STRATEGY", "token");
        assertThat(merge(Set.of(), new ConfiguredKeys(config())).names())
                .containsExactly("cloud", "customer.care");
    }

    /**
     * All properties that name an account, of the build and of the running application. A property that is added later is one
     * of them.
     */
    static Stream<String> propertiesWithAnAccount() {
        return Stream.of(HumeBuildTimeConfig.class, HumeRuntimeConfig.class)
                .flatMap(mapping -> ConfigClass.configClass(mapping).getProperties().keySet().stream())
                .filter(name -> name.substring(name.lastIndexOf('.') + 1).contains("account")).distinct();
    }

    @ParameterizedTest
    @MethodSource("propertiesWithAnAccount")
    void accountOfAProperty_isKnown(String property) {
        put(APPLICATION_PROPERTIES, property, "customer-care");
        put(ENVIRONMENT, "HUME_ACCOUNTS_CUSTOMER_CARE_API_KEY", "key");
        HumeAccountNamesBuildItem accounts = merge(Set.of("cloud"), new ConfiguredKeys(config()));
        assertThat(accounts.names()).containsExactly("cloud", "customer-care");
        assertThat(accounts.configured()).containsExactly("customer-care");
    }

    @Test
    void propertiesWithAnAccount_areThoseOfTheEndpointsForBrowsers() {
        assertThat(propertiesWithAnAccount()).containsExactlyInAnyOrder("hume.browser-token.account", "hume.relay.account");
    }

    @Test
    void defaultAccount_isNotANamedAccount() {
        put(APPLICATION_PROPERTIES, "hume.relay.account", HumeAccount.DEFAULT);
        assertThat(merge(Set.of(HumeAccount.DEFAULT), new ConfiguredKeys(config())).names()).isEmpty();
    }

    @Test
    void configuredAccounts_areThoseWithAnyPropertyInAnySource() {
        put(ENVIRONMENT, "HUME_ACCOUNTS_CUSTOMER_CARE_API_KEY", "key");
        put(ENVIRONMENT, "_PROD_HUME_ACCOUNTS__EU__API_KEY", "key");
        put(ENVIRONMENT, "_DEV_HUME_ACCOUNTS__US__API_KEY", "key");
        put(APPLICATION_PROPERTIES, "%prod.hume.accounts.cloud.api-key", "key");
        HumeAccountNamesBuildItem accounts = merge(Set.of("customer-care", "EU", "US", "clod"),
                new ConfiguredKeys(config()));
        assertThat(accounts.names()).containsExactly("EU", "US", "clod", "cloud", "customer-care");
        assertThat(accounts.configured()).containsExactly("EU", "cloud", "customer-care");
    }

    @Test
    void namesThatTheEnvironmentCannotTellApart_areRejected() {
        put(APPLICATION_PROPERTIES, "hume.accounts.\"customer.care\".base-url", "https://api.hume.ai");
        put(APPLICATION_PROPERTIES, "hume.accounts.eu.base-url", "https://api.hume.ai");
        assertThatThrownBy(() -> merge(Set.of("customer-care", "EU", "b\"c"),
                new ConfiguredKeys(config()))).isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll(
                        "\"customer-care\" and \"customer.care\" cannot be told apart in environment variables",
                        "\"EU\" and \"eu\" cannot be told apart",
                        "The name of the Hume account \"b\"c\" cannot be written in a configuration");
        assertThatThrownBy(() -> merge(Set.of("a-b", "a_b"), new ConfiguredKeys(config())))
                .hasMessageContaining("\"a-b\" and \"a_b\" cannot be told apart");
    }

    @Test
    void fixedProperties_areAllOfTheBuildWithTheirValues() {
        put(APPLICATION_PROPERTIES, "hume.accounts.customer-care.strategy", "token");
        put(APPLICATION_PROPERTIES, "hume.rest-clients", "tts,evi");
        put(APPLICATION_PROPERTIES, "hume.api-key", "s3cr3t");
        Map<String, String> fixed = HumeAccountNamesProcessor.fixedProperties(config(), Set.of("customer-care", "eu"));
        assertThat(fixed).containsEntry("hume.strategy", "auto").containsEntry("hume.rest-clients", "tts,evi")
                .containsEntry("hume.accounts.\"customer-care\".strategy", "token")
                .containsEntry("hume.accounts.\"eu\".strategy", "auto")
                .containsEntry("hume.accounts.\"eu\".rest-clients", "")
                .doesNotContainKey("hume.devservices.enabled").containsEntry("hume.browser-token.path", "/hume/token")
                .doesNotContainValue("s3cr3t").allSatisfy((name, value) -> assertThat(name).doesNotContain("*"));
    }

    private void put(int ordinal, String name, String value) {
        sources.computeIfAbsent(ordinal, other -> new HashMap<>()).put(name, value);
    }

    /** The interceptors are found as services, as in a build. */
    private SmallRyeConfig config() {
        return config("prod");
    }

    private SmallRyeConfig config(String profile) {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder().addDefaultInterceptors().addDiscoveredInterceptors()
                .addDiscoveredConverters().withProfile(profile).withMapping(HumeBuildTimeConfig.class)
                .withMappingIgnore("hume.**");
        sources.forEach((ordinal, values) -> builder.withSources(ordinal == ENV_FILE || ordinal == ENVIRONMENT
                ? new EnvConfigSource(values, ordinal)
                : new PropertiesConfigSource(values, "source " + ordinal, ordinal)));
        return builder.build();
    }
}
