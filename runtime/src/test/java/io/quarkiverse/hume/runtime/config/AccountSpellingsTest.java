package io.quarkiverse.hume.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import io.quarkiverse.hume.runtime.name.AccountProperty;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;

/** All spellings of an account name, in every source, are one account. */
class AccountSpellingsTest {

    private static final int BUILD = -1000;
    private static final int APPLICATION_PROPERTIES = 250;
    private static final int YAML = 255;
    private static final int ENV_FILE = 295;
    private static final int ENVIRONMENT = 300;
    private static final int SYSTEM_PROPERTIES = 400;

    private static final List<String> KEYS = List.of("api-key", "secret-key", "base-url", "token.path",
            "tls-configuration-name");

    private final Map<Integer, Map<String, String>> sources = new TreeMap<>();

    static LongStream seeds() {
        return LongStream.range(0, 400);
    }

    /** Random accounts, some of them known to the build only, in random spellings in all sources at once. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void value_isThatOfTheHighestOrdinal_whateverTheSpelling(long seed) {
        Random random = new Random(seed);
        Set<String> accounts = accounts(random);
        Map<String, Map<String, String>> expected = new TreeMap<>();
        for (String account : accounts) {
            Map<String, String> values = new LinkedHashMap<>();
            expected.put(account, values);
            put(BUILD, AccountSpellings.KNOWN + account, "true");
            for (String key : KEYS) {
                for (int ordinal : List.of(APPLICATION_PROPERTIES, YAML, ENV_FILE, ENVIRONMENT, SYSTEM_PROPERTIES)) {
                    if (random.nextInt(3) == 0) {
                        boolean forProfile = random.nextBoolean();
                        String value = "https://" + ordinal + "." + values.size() + "." + random.nextInt(1000);
                        put(ordinal, spelling(random, ordinal, account, key, forProfile), value);
                        if (forProfile && random.nextBoolean()) {
                            put(ordinal, spelling(random, ordinal, account, key, false), "https://not.for.the.profile");
                        }
                        values.put(key, value);
                    }
                }
            }
        }
        SmallRyeConfig config = config();
        Map<String, AccountRuntimeConfig> mapped = config.getConfigMapping(HumeRuntimeConfig.class).accounts();
        assertThat(mapped.keySet()).as("%s", sources).containsExactlyInAnyOrderElementsOf(accounts);
        expected.forEach((account, values) -> {
            AccountRuntimeConfig settings = mapped.get(account);
            assertThat(settings.apiKey().orElse(null)).as("%s %s", account, sources).isEqualTo(values.get("api-key"));
            assertThat(settings.secretKey().orElse(null)).isEqualTo(values.get("secret-key"));
            assertThat(settings.baseUrl().toString()).isEqualTo(values.getOrDefault("base-url", "https://api.hume.ai"));
            assertThat(settings.token().path()).isEqualTo(values.getOrDefault("token.path", "/oauth2-cc/token"));
            assertThat(settings.tlsConfigurationName().orElse(null)).isEqualTo(values.get("tls-configuration-name"));
            values.forEach((key, value) -> {
                AccountProperty property = new AccountProperty(account, key);
                assertThat(config.getValue(property.quoted(), String.class)).isEqualTo(value);
                if (!account.contains(".")) {
                    assertThat(config.getValue(property.plain(), String.class)).isEqualTo(value);
                }
            });
        });
        assertThat(config.getPropertyNames()).filteredOn(name -> name.startsWith("hume.accounts."))
                .allMatch(name -> name.startsWith("hume.accounts.\"") && name.contains("\"."));
    }

    private static Set<String> accounts(Random random) {
        Map<String, String> byForm = new HashMap<>();
        for (int i = 1 + random.nextInt(5); i > 0; i--) {
            StringBuilder name = new StringBuilder();
            for (int words = 1 + random.nextInt(3); words > 0; words--) {
                name.append(name.isEmpty() ? "" : List.of("-", ".", "_", "--").get(random.nextInt(4)));
                String word = List.of("cloud", "EU", "customer", "care", "v2", "token", "api", "Key", "7")
                        .get(random.nextInt(9));
                name.append(word);
            }
            byForm.putIfAbsent(AccountProperty.environmentForm(name.toString()), name.toString());
        }
        return new TreeSet<>(byForm.values());
    }

    private static String spelling(Random random, int ordinal, String account, String key, boolean forProfile) {
        AccountProperty property = new AccountProperty(account, key);
        boolean environment = ordinal == ENV_FILE || ordinal == ENVIRONMENT;
        String name = random.nextBoolean() || !environment && account.contains(".") ? property.quoted() : property.plain();
        if (!environment) {
            return (forProfile ? "%prod." : "") + name;
        }
        return (forProfile ? "_PROD_" : "") + name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    @Test
    void unknownName_isTheOneOfTheEnvironmentVariable() {
        put(ENVIRONMENT, "HUME_ACCOUNTS__CUSTOMER_CARE__API_KEY", "key");
        put(ENVIRONMENT, "HUME_ACCOUNTS_EU_API_KEY", "key-eu");
        put(ENVIRONMENT, "HUME_ACCOUNTS__LINE_7_B__API_KEY", "key-7");
        assertThat(accounts()).containsOnlyKeys("customer.care", "eu", "line.7.b");
        assertThat(accounts().get("line.7.b").apiKey()).contains("key-7");
        assertThat(accounts().get("customer.care").apiKey()).contains("key");
    }

    @ParameterizedTest
    @CsvSource({ "customer-care, HUME_ACCOUNTS__CUSTOMER_CARE__", "customer-care, HUME_ACCOUNTS_CUSTOMER_CARE_",
            "EU, HUME_ACCOUNTS__EU__", "EU, HUME_ACCOUNTS_EU_", "eu.Cloud, HUME_ACCOUNTS__EU_CLOUD__",
            "eu.Cloud, HUME_ACCOUNTS_EU_CLOUD_" })
    void accountKnownToTheBuildOnly_hasItsPropertiesFromTheEnvironment(String account, String variables) {
        put(BUILD, AccountSpellings.KNOWN + account, "true");
        put(ENVIRONMENT, variables + "API_KEY", "key");
        put(ENVIRONMENT, variables + "TOKEN_RETRY_MAX_RETRIES", "7");
        assertThat(accounts()).containsOnlyKeys(account);
        assertThat(accounts().get(account).apiKey()).contains("key");
        assertThat(accounts().get(account).token().retry().maxRetries()).isEqualTo(7);
    }

    @Test
    void lists_areFoundInAllSpellings() {
        put(APPLICATION_PROPERTIES, "hume.accounts.customer-care.trusted-hosts[0]", "*.first.example");
        put(APPLICATION_PROPERTIES, "hume.accounts.\"customer-care\".trusted-hosts[1]", "*.second.example");
        put(ENVIRONMENT, "HUME_ACCOUNTS__EU__TRUSTED_HOSTS_0_", "*.third.example");
        put(BUILD, AccountSpellings.KNOWN + "EU", "true");
        assertThat(accounts().get("customer-care").trustedHosts()).containsExactly("*.first.example", "*.second.example");
        assertThat(accounts().get("EU").trustedHosts()).containsExactly("*.third.example");
    }

    @Test
    void accountKnownToTheBuild_hasItsDefaults() {
        put(BUILD, AccountSpellings.KNOWN + "eu.cloud", "true");
        assertThat(accounts()).containsOnlyKeys("eu.cloud");
        assertThat(accounts().get("eu.cloud").apiKey()).isEmpty();
    }

    @Test
    void sameSource_theQuotedSpellingCounts_butTheOneForTheProfileBeforeIt() {
        put(APPLICATION_PROPERTIES, "hume.accounts.a.api-key", "plain");
        put(APPLICATION_PROPERTIES, "hume.accounts.\"a\".api-key", "quoted");
        put(APPLICATION_PROPERTIES, "%prod.hume.accounts.b.api-key", "profile");
        put(APPLICATION_PROPERTIES, "hume.accounts.\"b\".api-key", "quoted");
        put(APPLICATION_PROPERTIES, "%dev.hume.accounts.\"b\".secret-key", "another profile");
        assertThat(accounts().get("a").apiKey()).contains("quoted");
        assertThat(accounts().get("b").apiKey()).contains("profile");
        assertThat(accounts().get("b").secretKey()).isEmpty();
    }

    @Test
    void expressions_mayUseAnySpelling() {
        put(APPLICATION_PROPERTIES, "hume.accounts.cloud.base-url", "https://api.cloud.hume.ai");
        put(APPLICATION_PROPERTIES, "other", "${hume.accounts.\"cloud\".base-url} ${hume.accounts.cloud.base-url}");
        assertThat(config().getValue("other", String.class))
                .isEqualTo("https://api.cloud.hume.ai https://api.cloud.hume.ai");
    }

    @Test
    void otherNames_areLeftAlone() {
        put(APPLICATION_PROPERTIES, "hume.accounts", "x");
        put(APPLICATION_PROPERTIES, "hume.accounts.cloud", "x");
        put(APPLICATION_PROPERTIES, "hume.accounts.\"\".api-key", "x");
        put(APPLICATION_PROPERTIES, "humes.accounts.cloud.api-key", "x");
        SmallRyeConfig config = new SmallRyeConfigBuilder().addDefaultInterceptors()
                .withInterceptorFactories(new AccountSpellings())
                .withSources(new PropertiesConfigSource(sources.get(APPLICATION_PROPERTIES), "test", APPLICATION_PROPERTIES))
                .build();
        assertThat(config.getPropertyNames()).contains("hume.accounts", "hume.accounts.cloud", "hume.accounts.\"\".api-key",
                "humes.accounts.cloud.api-key");
        assertThat(config.getValue("hume.accounts.cloud", String.class)).isEqualTo("x");
        assertThat(config.getOptionalValue("hume.accounts.\"cloud\"", String.class)).isEmpty();
        assertThat(config.getOptionalValue("humes.accounts.\"cloud\".api-key", String.class)).isEmpty();
    }

    @Test
    void twoSpellingsInOneSource_areFoundIfTheirValuesDiffer() {
        PropertiesConfigSource source = new PropertiesConfigSource(Map.of(
                "hume.accounts.a.api-key", "x", "hume.accounts.\"a\".api-key", "y",
                "hume.accounts.b.api-key", "x", "hume.accounts.\"b\".api-key", "x",
                "%dev.hume.accounts.c.api-key", "x", "%dev.hume.accounts.\"c\".api-key", "y",
                "hume.accounts.\"c\".api-key", "x"), "test", 250);
        assertThat(AccountSpellings.contradictions(source)).containsExactlyInAnyOrderEntriesOf(Map.of(
                "hume.accounts.\"a\".api-key", "hume.accounts.a.api-key",
                "%dev.hume.accounts.\"c\".api-key", "%dev.hume.accounts.c.api-key"));
    }

    @Test
    void twoSpellingsInTheEnvironment_areFoundIfTheirValuesDiffer() {
        EnvConfigSource source = new EnvConfigSource(Map.of(
                "HUME_ACCOUNTS__CUSTOMER_CARE__API_KEY", "x", "HUME_ACCOUNTS_CUSTOMER_CARE_API_KEY", "y",
                "HUME_ACCOUNTS__EU__API_KEY", "x", "HUME_ACCOUNTS_EU_API_KEY", "x",
                "_PROD_HUME_ACCOUNTS__A__B__API_KEY", "x", "_PROD_HUME_ACCOUNTS_A__B_API_KEY", "y",
                "HUME_API_KEY", "x"), 300);
        assertThat(AccountSpellings.contradictions(source)).containsExactlyInAnyOrderEntriesOf(Map.of(
                "HUME_ACCOUNTS__CUSTOMER_CARE__API_KEY", "HUME_ACCOUNTS_CUSTOMER_CARE_API_KEY",
                "_PROD_HUME_ACCOUNTS__A__B__API_KEY", "_PROD_HUME_ACCOUNTS_A__B_API_KEY"));
    }

    @Test
    void namesThatTheEnvironmentCannotTellApart_areFound() {
        assertThat(AccountProperty.indistinguishable(List.of("EU", "customer.care", "customer-care", "eu", "cloud")))
                .containsExactlyInAnyOrderEntriesOf(Map.of("customer.care", "customer-care", "eu", "EU"));
        assertThat(AccountProperty.describeClash("customer.care", "customer-care"))
                .isEqualTo("The Hume accounts \"customer-care\" and \"customer.care\" cannot be told apart in environment"
                        + " variables: both are HUME_ACCOUNTS__CUSTOMER_CARE__... there. Rename one of them, or write the name"
                        + " the same way everywhere");
    }

    private void put(int ordinal, String name, String value) {
        sources.computeIfAbsent(ordinal, other -> new HashMap<>()).put(name, value);
    }

    private Map<String, AccountRuntimeConfig> accounts() {
        return config().getConfigMapping(HumeRuntimeConfig.class).accounts();
    }

    /** As Quarkus builds it: the interceptor is found as a service. */
    private SmallRyeConfig config() {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder().addDefaultInterceptors().addDiscoveredInterceptors()
                .addDiscoveredConverters().withProfile("prod").withMapping(HumeRuntimeConfig.class)
                .withMappingIgnore("hume.**");
        sources.forEach((ordinal, values) -> builder.withSources(ordinal == ENV_FILE || ordinal == ENVIRONMENT
                ? new EnvConfigSource(values, ordinal)
                : new PropertiesConfigSource(values, "source " + ordinal, ordinal)));
        return builder.build();
    }
}
