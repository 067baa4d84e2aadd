package io.quarkiverse.hume.runtime.startup;

import static io.quarkiverse.hume.HumeStrategy.API_KEY;
import static io.quarkiverse.hume.HumeStrategy.AUTO;
import static io.quarkiverse.hume.HumeStrategy.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;

import jakarta.enterprise.inject.Instance;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.HumeCredentials;
import io.quarkiverse.hume.HumeCredentialsProvider;
import io.quarkiverse.hume.HumeStrategy;
import io.quarkiverse.hume.runtime.account.Account;
import io.quarkiverse.hume.runtime.account.AccountRegistry;
import io.quarkiverse.hume.runtime.config.AccountRuntimeConfig;
import io.quarkiverse.hume.runtime.config.HumeRuntimeConfig;
import io.quarkiverse.hume.runtime.context.CallerContexts;
import io.quarkiverse.hume.runtime.credential.AccountCredentials;
import io.quarkiverse.hume.runtime.event.AccountListener;
import io.quarkiverse.hume.runtime.keys.ConfiguredCredentials;
import io.quarkiverse.hume.runtime.name.AccountName;
import io.quarkiverse.hume.runtime.token.Backoff;
import io.quarkiverse.hume.runtime.token.RefreshPolicy;
import io.quarkiverse.hume.runtime.token.TokenClock;
import io.quarkiverse.hume.runtime.token.TokenKeeper;
import io.quarkiverse.hume.runtime.token.TokenListener;
import io.quarkiverse.hume.runtime.token.TokenTiming;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;

/** The decision of the build compared with the keys at startup, from every source. */
class AccountFactoryTest {

    private static final Map<String, String> NONE = Map.of();
    private static final Map<String, String> KEY = Map.of("hume.api-key", "k");
    private static final Map<String, String> SECRET = Map.of("hume.secret-key", "s");
    private static final Map<String, String> BOTH = Map.of("hume.api-key", "k", "hume.secret-key", "s");
    private static final Map<String, String> BOTH_FOR_PROD = Map.of("%prod.hume.api-key", "k", "%prod.hume.secret-key", "s");
    private static final Map<String, String> BOTH_FOR_DEV = Map.of("%dev.hume.api-key", "k", "%dev.hume.secret-key", "s");
    private static final Map<String, String> EXPRESSIONS = Map.of("hume.api-key", "${HUME_API_KEY:}", "hume.secret-key",
            "${HUME_SECRET_KEY:}");
    private static final Map<String, String> KEY_VARIABLE = Map.of("HUME_API_KEY", "k");
    private static final Map<String, String> BOTH_VARIABLES = Map.of("HUME_API_KEY", "k", "HUME_SECRET_KEY", "s");

    static Stream<Arguments> strategies() {
        return Stream.of(
                // built for, properties, environment, expected
                Arguments.of(AUTO, KEY, NONE, API_KEY),
                Arguments.of(AUTO, BOTH, NONE, TOKEN),
                Arguments.of(AUTO, NONE, KEY_VARIABLE, API_KEY),
                Arguments.of(AUTO, NONE, BOTH_VARIABLES, TOKEN),
                Arguments.of(AUTO, BOTH_FOR_PROD, NONE, TOKEN),
                Arguments.of(AUTO, BOTH_FOR_DEV, KEY_VARIABLE, API_KEY),
                Arguments.of(TOKEN, BOTH, NONE, TOKEN),
                Arguments.of(TOKEN, EXPRESSIONS, BOTH_VARIABLES, TOKEN),
                Arguments.of(TOKEN, BOTH_FOR_PROD, NONE, TOKEN),
                Arguments.of(API_KEY, KEY, NONE, API_KEY),
                Arguments.of(API_KEY, BOTH, NONE, API_KEY),
                Arguments.of(API_KEY, NONE, BOTH_VARIABLES, API_KEY),
                Arguments.of(API_KEY, EXPRESSIONS, KEY_VARIABLE, API_KEY));
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void startup_agreesWithTheBuildOrDecides(HumeStrategy builtFor, Map<String, String> properties,
            Map<String, String> environment, HumeStrategy expected) {
        Account account = assemble(builtFor, builtFor != API_KEY, properties, environment).get(HumeAccount.DEFAULT);
        assertThat(account.profile().strategy()).isEqualTo(expected);
        assertThat(account.authentication().hasTokens()).isEqualTo(expected == TOKEN);
        assertThat(account.profile().reason()).isEqualTo(builtFor != AUTO ? "as built"
                : expected == TOKEN ? "decided at startup: there is a secret key" : "decided at startup: no secret key");
    }

    static Stream<Arguments> mismatches() {
        String noKey = "hume.api-key is not set, and the client uses the default Hume account. Set it, or the environment"
                + " variable HUME_API_KEY, to the API key from the Hume portal";
        String noSecret = "hume.secret-key is not set, but this application was built for the token strategy (as built). Set"
                + " it, or build the application with hume.strategy=api-key";
        String noApiKey = "hume.secret-key is set but hume.api-key is not; the token strategy needs both";
        return Stream.of(
                Arguments.of(AUTO, NONE, NONE, noKey),
                Arguments.of(TOKEN, NONE, NONE, noKey),
                Arguments.of(API_KEY, NONE, NONE, noKey),
                Arguments.of(TOKEN, EXPRESSIONS, NONE,
                        "hume.api-key refers to ${HUME_API_KEY:}, which is not set, and the client"),
                Arguments.of(TOKEN, BOTH_FOR_DEV, NONE, noKey),
                Arguments.of(TOKEN, KEY, NONE, noSecret),
                Arguments.of(TOKEN, EXPRESSIONS, KEY_VARIABLE,
                        "hume.secret-key refers to ${HUME_SECRET_KEY:}, which is not set, but this application was built"),
                Arguments.of(AUTO, SECRET, NONE, noApiKey),
                Arguments.of(TOKEN, SECRET, NONE, noApiKey));
    }

    @ParameterizedTest
    @MethodSource("mismatches")
    void mismatch_isRejectedWithThePropertyAndTheRemedy(HumeStrategy builtFor, Map<String, String> properties,
            Map<String, String> environment, String message) {
        assertThatThrownBy(() -> assemble(builtFor, builtFor != API_KEY, properties, environment))
                .isInstanceOf(ConfigurationException.class).hasMessageContaining("\n - " + message);
    }

    @Test
    void unresolvedExpression_isNamedWithItsProperty() {
        assertThatThrownBy(() -> assemble(TOKEN, true, Map.of("hume.api-key", "k", "hume.secret-key", "${MY_SECRET}"), NONE))
                .hasMessageContaining("hume.secret-key refers to ${MY_SECRET}, which is not set, but this application was");
        assertThatThrownBy(() -> assemble(API_KEY, false, Map.of("hume.api-key", "literal${MY_KEY}"), NONE))
                .hasMessageContaining("hume.api-key refers to a variable, which is not set")
                .hasMessageNotContaining("literal");
    }

    @ParameterizedTest
    @CsvSource({ "HUME_SECRETKEY,hume.secret-key,HUME_SECRET_KEY", "HUME__SECRET_KEY,hume.secret-key,HUME_SECRET_KEY",
            "HUMESECRETKEY,hume.secret-key,HUME_SECRET_KEY" })
    void misspelledVariable_isAWarning(String variable, String property, String expected) {
        assertThat(log(() -> assemble(API_KEY, false, KEY, Map.of(variable, "s3cr3t")))
                .filter(line -> line.contains("HUME0090"))).singleElement().asString()
                .contains("the environment variable " + variable + " has no effect: " + property + " is read from " + expected)
                .doesNotContain("s3cr3t");
    }

    @ParameterizedTest
    @ValueSource(strings = { "HUME_SECRET_KEY", "hume_secret_key", "HUME_SECRET", "HUME_SECRET_KEY_FILE" })
    void variableOfAnotherName_isNoWarning(String variable) {
        assertThat(log(() -> assemble(API_KEY, false, KEY, Map.of(variable, "s"))))
                .noneMatch(line -> line.contains("HUME0090"));
    }

    @Test
    void misspelledVariable_isNamedWithTheMissingKey() {
        assertThatThrownBy(() -> assemble(AUTO, true, NONE, Map.of("HUME_APIKEY", "s3cr3t"))).hasMessageContaining(
                "\n - hume.api-key is not set (the environment variable HUME_APIKEY is; its name would have to be HUME_API_KEY),"
                        + " and the client uses the default Hume account")
                .hasMessageNotContaining("s3cr3t");
    }

    @Test
    void allFaults_areReportedAtOnce() {
        Map<String, String> properties = new HashMap<>(BOTH);
        properties.put("hume.base-url", "http://api.hume.ai");
        properties.put("hume.token.timeout", "0S");
        properties.put("hume.accounts.\"cloud\".base-url", "nowhere");
        assertThatThrownBy(() -> assemble(TOKEN, true, properties, NONE)).hasMessageContainingAll(
                "hume.base-url must be https", "hume.token.timeout must be at least a millisecond",
                "hume.accounts.\"cloud\".base-url must be an absolute address").hasMessageNotContaining("\"s\"");
    }

    @ParameterizedTest
    @CsvSource({ "TOKEN,,true,true", "API_KEY,the client,true,true", "API_KEY,,true,false", "API_KEY,the client,false,false" })
    void firstToken_isRequestedAtStartupIfTokensAreUsed(HumeStrategy builtFor, String tokensUsedBy, boolean acquireAtStartup,
            boolean expected) {
        Map<String, String> properties = new HashMap<>(BOTH);
        properties.put("hume.token.acquire-at-startup", String.valueOf(acquireAtStartup));
        AccountRegistry accounts = assemble(
                new AccountPlan(HumeAccount.DEFAULT, builtFor, "as built", "the client", tokensUsedBy, false), true, false,
                properties, NONE, (account, settings, credentials, listener, contexts) -> keeper(account));
        assertThat(accounts.acquiringAtStartup()).hasSize(expected ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource({ "<default>,API_KEY,hume.secret-key,hume.strategy",
            "<default>,AUTO,hume.secret-key,hume.strategy",
            "cloud,API_KEY,'hume.accounts.\"cloud\".secret-key','hume.accounts.\"cloud\".strategy'",
            "cloud,AUTO,'hume.accounts.\"cloud\".secret-key','hume.accounts.\"cloud\".strategy'" })
    void secretKeyThatIsIgnored_isAWarningWithThePropertiesOfTheAccount(String account, HumeStrategy builtFor,
            String secretKey, String strategy) {
        assertThat(warningsOfIgnoredSecretKeys(account, builtFor, null, false, secretKey)).singleElement().asString()
                .startsWith(secretKey + " is set, but calls of " + AccountName.describe(account)
                        + " carry the API key, because the application was built "
                        + (builtFor == AUTO ? "without access tokens" : "with the API key strategy for this account (as built)")
                        + ". To use access tokens, set " + strategy + "=token or make " + secretKey
                        + " available when the application is built");
    }

    /** Whether other accounts use tokens does not matter. */
    @ParameterizedTest
    @CsvSource({ "<default>,hume.secret-key,,1", "<default>,hume.secret-key,the client,0",
            "cloud,'hume.accounts.\"cloud\".secret-key',,1", "cloud,'hume.accounts.\"cloud\".secret-key',the client,0" })
    void secretKeyOfAnAccount_isIgnoredUnlessSomethingUsesItsTokens(String account, String secretKey, String tokensUsedBy,
            int warnings) {
        assertThat(warningsOfIgnoredSecretKeys(account, API_KEY, tokensUsedBy, true, secretKey)).hasSize(warnings);
    }

    /** The application may look up tokens where the build does not see it. */
    @ParameterizedTest
    @CsvSource({ "true,0", "false,1" })
    void secretKeyBesideAConfiguredStrategy_isNoWarningIfTheApplicationHasTokens(boolean tokens, int warnings) {
        assertThat(log(() -> assemble(
                new AccountPlan(HumeAccount.DEFAULT, API_KEY, "hume.strategy=api-key", "the client", null, false), tokens,
                false,
                BOTH, NONE, (name, settings, parts, listener, contexts) -> keeper(name)))
                .filter(line -> line.contains("HUME0002"))).hasSize(warnings);
    }

    private static Stream<String> warningsOfIgnoredSecretKeys(String account, HumeStrategy builtFor, String tokensUsedBy,
            boolean tokens, String secretKey) {
        Map<String, String> properties = new HashMap<>(KEY);
        properties.put(AccountName.property(account, "api-key"), "k");
        properties.put(secretKey, "s");
        return log(() -> assertThat(assemble(
                new AccountPlan(account, builtFor, "as built", "the client", tokensUsedBy, false), tokens, false, properties,
                NONE, (name, settings, parts, listener, contexts) -> keeper(name)).get(account).profile().strategy())
                .isEqualTo(API_KEY)).filter(line -> line.contains("HUME0002")).map(line -> line.replace("HUME0002: ", ""));
    }

    /** Accounts that other code looks up have no known use. */
    @Test
    void providerThatDoesNotAnswer_isAWarningIfTheBuildHasSeenNoUse() {
        AccountPlan planned = new AccountPlan(HumeAccount.DEFAULT, AUTO, "as built", null, null, false);
        List<AccountRegistry> assembled = new ArrayList<>();
        assertThat(log(() -> assembled.add(factory(planned, true, false, config(NONE, NONE), new LockedStore(),
                (name, settings, parts, listener, contexts) -> keeper(name)).assemble()))
                .filter(line -> line.contains("HUME0089"))).singleElement().asString()
                .contains("the default Hume account uses the API key strategy, because hume.strategy is auto, and the"
                        + " HumeCredentialsProvider " + LockedStore.class.getName() + " did not return the keys"
                        + " (java.lang.IllegalStateException). Set hume.strategy to api-key or token");
        assertThat(assembled.get(0).get(HumeAccount.DEFAULT).profile().strategy()).isEqualTo(API_KEY);
        assertThat(assembled.get(0).get(HumeAccount.DEFAULT).profile().reason())
                .isEqualTo("decided at startup without knowing the keys");
        AccountPlan used = new AccountPlan(HumeAccount.DEFAULT, AUTO, "as built", "the client", null, false);
        assertThatThrownBy(() -> factory(used, true, false, config(NONE, NONE), new LockedStore(),
                (name, settings, parts, listener, contexts) -> keeper(name)).assemble())
                .hasMessageContaining("hume.strategy is auto, but the HumeCredentialsProvider");
    }

    private static final class LockedStore implements HumeCredentialsProvider {

        @Override
        public Uni<HumeCredentials> getCredentials(String account) {
            throw new IllegalStateException("locked");
        }
    }

    @Test
    void tokensOfAnApiKeyApplication_areATypedError() {
        Account account = assemble(API_KEY, false, KEY, NONE).get(HumeAccount.DEFAULT);
        assertThatThrownBy(account.authentication()::keeper).isInstanceOf(HumeAuthenticationException.class)
                .hasMessageContainingAll("uses the API key strategy (as built)", "hume.secret-key", "hume.strategy=token");
    }

    @ParameterizedTest
    @CsvSource({ "https://api.cloud.hume.ai,TOKEN,true", "HTTPS://API.CLOUD.HUME.AI/,TOKEN,true",
            "https://api.cloud.hume.ai,API_KEY,false", "https://api.hume.ai,TOKEN,false" })
    void tokensForThePlatformWithoutTokens_areAWarning(String baseUrl, HumeStrategy builtFor, boolean warned) {
        Map<String, String> properties = new HashMap<>(BOTH);
        properties.put("hume.base-url", baseUrl);
        assertThat(log(() -> assemble(builtFor, true, properties, NONE)).filter(line -> line.contains("HUME0088")))
                .hasSize(warned ? 1 : 0)
                .allMatch(line -> line.contains("documents no way to obtain a token")
                        && line.contains("hume.strategy") && line.contains("hume.secret-key"));
    }

    @Test
    void tokensOfTheApplicationsOwnSource_areNoWarning() {
        Map<String, String> properties = new HashMap<>(BOTH);
        properties.put("hume.base-url", "https://api.cloud.hume.ai");
        assertThat(log(() -> assemble(TOKEN, true, properties, NONE, new OwnSource())))
                .noneMatch(line -> line.contains("HUME0088"));
    }

    @ParameterizedTest
    @CsvSource({ "false,true", "true,false" })
    void directoryThatDoesNotExist_isAWarningInProductionOnly(boolean devOrTest, boolean warned) {
        assertThat(log(() -> assembleInMode(API_KEY, devOrTest,
                Map.of("hume.api-key", "k", "hume.secrets-directory", "no-such-directory"))).filter(line -> line.contains(
                        "HUME0092")))
                .hasSize(warned ? 1 : 0)
                .allMatch(line -> line.contains("hume.secrets-directory is no-such-directory, which does not exist, and the"
                        + " default Hume account has its keys from application.properties. Correct the path"));
    }

    @Test
    void directoryThatDoesNotExist_isNamedWithTheMissingKey() {
        assertThatThrownBy(() -> assembleInMode(API_KEY, false, Map.of("hume.secrets-directory", "no-such-directory")))
                .hasMessageContaining(
                        "\n - hume.api-key is not set (hume.secrets-directory is no-such-directory, which does not"
                                + " exist), and the client uses the default Hume account. Set it");
    }

    private static AccountRegistry assembleInMode(HumeStrategy builtFor, boolean devOrTest, Map<String, String> properties) {
        return assemble(new AccountPlan(HumeAccount.DEFAULT, builtFor, "as built", "the client", null, false), true, devOrTest,
                properties, NONE,
                (account, settings, credentials, listener, contexts) -> keeper(account));
    }

    /** The factory of an application that has a {@code HumeTokenSource}. */
    private static final class OwnSource implements TokenKeeperFactory {

        @Override
        public TokenKeeper keeper(String account, AccountRuntimeConfig config, AccountCredentials credentials,
                CallerContexts contexts, TokenListener... listeners) {
            return AccountFactoryTest.keeper(account);
        }

        @Override
        public boolean isTokenSourceReplaced() {
            return true;
        }
    }

    private static Stream<String> log(Runnable task) {
        List<String> log = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord record) {
                log.add(record.getMessage() + " " + Arrays.toString(record.getParameters()));
            }

            @Override
            public void flush() {
            }

            @Override
            public void close() {
            }
        };
        Logger logger = Logger.getLogger("io.quarkiverse.hume");
        logger.addHandler(handler);
        try {
            task.run();
        } finally {
            logger.removeHandler(handler);
        }
        return log.stream();
    }

    private static AccountRegistry assemble(HumeStrategy builtFor, boolean tokens, Map<String, String> properties,
            Map<String, String> environment) {
        return assemble(builtFor, tokens, properties, environment,
                (account, settings, credentials, listener, contexts) -> keeper(account));
    }

    private static AccountRegistry assemble(HumeStrategy builtFor, boolean tokens, Map<String, String> properties,
            Map<String, String> environment, TokenKeeperFactory keepers) {
        return assemble(new AccountPlan(HumeAccount.DEFAULT, builtFor, "as built", "the client", null, false), tokens, false,
                properties, environment, keepers);
    }

    private static AccountRegistry assemble(AccountPlan planned, boolean tokens, boolean devOrTest,
            Map<String, String> properties, Map<String, String> environment, TokenKeeperFactory keepers) {
        SmallRyeConfig config = config(properties, environment);
        return factory(planned, tokens, devOrTest, config, new ConfiguredCredentials(config), keepers).assemble();
    }

    private static SmallRyeConfig config(Map<String, String> properties, Map<String, String> environment) {
        return new SmallRyeConfigBuilder().addDefaultInterceptors().addDiscoveredConverters()
                .withProfile("prod").withMapping(HumeRuntimeConfig.class).withMappingIgnore("hume.**")
                .withSources(new PropertiesConfigSource(properties, "application.properties", 250))
                .withSources(new EnvConfigSource(environment, 300)).build();
    }

    private static AccountFactory factory(AccountPlan planned, boolean tokens, boolean devOrTest, SmallRyeConfig config,
            HumeCredentialsProvider provider, TokenKeeperFactory keepers) {
        HumePlan plan = new HumePlan(List.of(planned), tokens, devOrTest, false);
        return new AccountFactory(plan, config.getConfigMapping(HumeRuntimeConfig.class), provider, only(keepers),
                account -> AccountListener.NONE, new CallerContexts(null));
    }

    private static TokenKeeper keeper(String account) {
        RefreshPolicy policy = new RefreshPolicy(Duration.ofMinutes(5), Duration.ofSeconds(5),
                new Backoff(Duration.ofMillis(200), Duration.ofSeconds(30)), Duration.ofSeconds(1));
        return new TokenKeeper(account, CompletableFuture::new, policy,
                new TokenTiming(TokenClock.SYSTEM, (delay, task) -> () -> {
                }, () -> 0), TokenListener.NONE);
    }

    @SuppressWarnings("unchecked")
    private static Instance<TokenKeeperFactory> only(TokenKeeperFactory support) {
        return (Instance<TokenKeeperFactory>) Proxy.newProxyInstance(AccountFactoryTest.class.getClassLoader(),
                new Class<?>[] { Instance.class }, (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("get");
                    return support;
                });
    }
}
