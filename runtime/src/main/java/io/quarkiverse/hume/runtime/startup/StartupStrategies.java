package io.quarkiverse.hume.runtime.startup;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import jakarta.enterprise.inject.Instance;

import org.eclipse.microprofile.config.ConfigProvider;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.HumeCredentials;
import io.quarkiverse.hume.HumeCredentialsProvider;
import io.quarkiverse.hume.HumeStrategy;
import io.quarkiverse.hume.runtime.config.AccountRuntimeConfig;
import io.quarkiverse.hume.runtime.credential.KeyOrigin;
import io.quarkiverse.hume.runtime.keys.ConfiguredCredentials;
import io.quarkiverse.hume.runtime.keys.EmulatedAccounts;
import io.quarkiverse.hume.runtime.keys.StoredCredentials;
import io.quarkiverse.hume.runtime.keys.UnusedKeySources;
import io.quarkiverse.hume.runtime.log.HumeLog;
import io.quarkiverse.hume.runtime.name.AccountName;
import io.quarkiverse.hume.runtime.name.AccountProperty;
import io.quarkiverse.hume.runtime.name.StrategyName;
import io.quarkus.arc.Arc;
import io.quarkus.arc.ClientProxy;

/**
 * Determines the strategies of the accounts when the application starts: compares the decision of the build with the keys that
 * exist now, and reports contradictions.
 */
final class StartupStrategies {

    private final HumePlan plan;
    private final HumeCredentialsProvider provider;
    private final Instance<TokenKeeperFactory> tokens;
    private final List<String> violations;

    /** The accounts whose provider of keys has failed. */
    private final Set<String> withoutAnswer = new HashSet<>();

    /** Whether the provider is a bean of the application. */
    private final boolean ownProvider;
    private final ConfiguredCredentials configured;

    /** @param violations receives a sentence for each contradiction that prevents the start */
    StartupStrategies(HumePlan plan, HumeCredentialsProvider provider, Instance<TokenKeeperFactory> tokens,
            List<String> violations) {
        this.plan = plan;
        this.provider = provider;
        this.tokens = tokens;
        this.violations = violations;
        this.ownProvider = !(ClientProxy.unwrap(provider) instanceof ConfiguredCredentials);
        this.configured = ownProvider ? new ConfiguredCredentials(ConfigProvider.getConfig())
                : (ConfiguredCredentials) ClientProxy.unwrap(provider);
    }

    /**
     * Returns the decision of the build or, if there is none, applies the same rule now. Contradictions become violations or
     * warnings.
     */
    HumeStrategy of(AccountPlan planned, AccountRuntimeConfig account) {
        String name = planned.name();
        boolean apiKey = account.apiKey().isPresent();
        boolean secretKey = account.secretKey().isPresent();
        if (!keysInConfiguration(account)) {
            return planned.strategy() == HumeStrategy.AUTO ? askProvider(planned, account) : planned.strategy();
        }
        if (!apiKey && !secretKey && planned.usedBy() != null) {
            noKeys(planned);
        }
        if (apiKey && !secretKey && planned.tokensUsedBy() != null && planned.strategy() != HumeStrategy.TOKEN) {
            violations.add(missing(name, "secret-key") + ", but " + planned.tokensUsedBy()
                    + " uses access tokens of " + AccountName.describe(name) + ". Set it, or use the strategy api-key there");
        }
        if (apiKey && !secretKey) {
            warnOfMisspelledVariable(AccountName.property(name, "secret-key"));
        }
        switch (planned.strategy()) {
            case TOKEN:
                if (apiKey && !secretKey && planned.revisable() && planned.tokensUsedBy() == null) {
                    HumeLog.LOG.apiKeyInPlaceOfTokens(AccountName.describe(name), missing(name, "secret-key"));
                    return HumeStrategy.API_KEY;
                }
                if (apiKey && !secretKey) {
                    violations.add(missing(name, "secret-key") + ", but this application was built for"
                            + " the token strategy (" + planned.reason() + "). Set it, or build the application with "
                            + AccountName.property(name, "strategy") + "=api-key");
                }
                return HumeStrategy.TOKEN;
            case API_KEY:
                warnOfUnusedSecretKey(planned, account, secretKey);
                return HumeStrategy.API_KEY;
            default:
                if (secretKey && plan.tokens()) {
                    return HumeStrategy.TOKEN;
                }
                warnOfUnusedSecretKey(planned, account, secretKey);
                return HumeStrategy.API_KEY;
        }
    }

    private void warnOfMisspelledVariable(String property) {
        Optional<String> variable = configured.misspelledVariable(property);
        if (variable.isPresent()) { // Not a lambda, whose class every start would load
            HumeLog.LOG.variableUnused(variable.get(), property, AccountProperty.environmentVariable(property));
        }
    }

    /** The emulator can give an account both keys, so its secret key is not a setting of the application. */
    private void warnOfUnusedSecretKey(AccountPlan planned, AccountRuntimeConfig account, boolean secretKey) {
        String name = planned.name();
        // With a configured strategy, the secret key is probably for tokens that the application looks up.
        boolean intended = plan.tokens() && planned.reason().equals(StrategyName.setting(name, HumeStrategy.API_KEY));
        if (secretKey && !intended && planned.tokensUsedBy() == null
                && !EmulatedAccounts.isEmulated(name, account.baseUrl(), account.apiKey())) {
            HumeLog.LOG.secretKeyUnused(AccountName.property(name, "secret-key"), AccountName.property(name, "strategy"),
                    AccountName.describe(name), planned.strategy() == HumeStrategy.AUTO
                            ? "without access tokens"
                            : "with the API key strategy for this account (" + planned.reason() + ")");
        }
    }

    private void noKeys(AccountPlan planned) {
        String name = planned.name();
        String problem = missing(name, "api-key") + ", and " + planned.usedBy() + " uses " + AccountName.describe(name);
        String remedy = "Set it, or the environment variable "
                + AccountProperty.environmentVariable(AccountName.property(name, "api-key"))
                + ", to the API key from the Hume portal";
        reportMissing(problem, remedy);
    }

    /** Reports keys that calls need. A test may start without them, because mocked clients need no keys. */
    private void reportMissing(String problem, String remedy) {
        if (plan.keysOptional()) {
            HumeLog.LOG.testWithoutKeys(problem, remedy);
        } else {
            violations.add(problem + ". " + remedy);
        }
    }

    /** Whether the keys are in the configuration. Otherwise only the provider knows which keys exist. */
    boolean keysInConfiguration(AccountRuntimeConfig account) {
        return !asksOwnProvider(account) && account.credentialsProvider().isEmpty();
    }

    private boolean asksOwnProvider(AccountRuntimeConfig account) {
        return ownProvider && !EmulatedAccounts.replaceBeans(account.baseUrl());
    }

    /** The provider of the application, unless the emulator replaces it for the account. */
    HumeCredentialsProvider provider(AccountRuntimeConfig account) {
        return ownProvider && !asksOwnProvider(account) ? configured : provider;
    }

    /** Why the property has no value, as a clause. */
    String missing(String account, String key) {
        return configured.whyMissing(AccountName.property(account, key));
    }

    /**
     * Calls the provider, because only the provider knows whether there is a secret key. Blocks; called on the main thread at
     * start-up.
     */
    private HumeStrategy askProvider(AccountPlan planned, AccountRuntimeConfig account) {
        if (account.credentialsProvider().isPresent()
                && !StoredCredentials.providers(account.credentialsProviderName()).isResolvable()) {
            return HumeStrategy.API_KEY; // A violation has already been reported.
        }
        if (!plan.tokens()) {
            return HumeStrategy.API_KEY;
        }
        try {
            HumeCredentials credentials = provider(account).getCredentials(planned.name()).await()
                    .atMost(account.token().timeout());
            if (credentials.secretKey().isPresent()) {
                return HumeStrategy.TOKEN;
            }
            if (planned.tokensUsedBy() != null && !tokens.get().isTokenSourceReplaced()) {
                violations.add(providerAsSubject(planned.name(), account) + " has no secret key for "
                        + AccountName.describe(planned.name()) + ", but " + planned.tokensUsedBy()
                        + " uses access tokens of it. Add the secret key there, or use the strategy api-key");
            }
            return HumeStrategy.API_KEY;
        } catch (RuntimeException e) {
            String property = AccountName.property(planned.name(), "strategy");
            String asked = describeProvider(planned.name(), account);
            String failure = e instanceof HumeAuthenticationException ? e.getMessage() : e.getClass().getName();
            if (planned.usedBy() != null) {
                reportMissing(property + " is auto, but " + asked + " did not return the keys (" + failure + ")",
                        "Set " + property + " to api-key or token");
            } else if (!planned.name().equals(HumeAccount.DEFAULT) || plan.accounts().size() == 1) {
                // If there are other accounts, the default one is probably not used at all.
                HumeLog.LOG.strategyWithoutKeys(AccountName.describe(planned.name()), property, asked, failure);
            }
            withoutAnswer.add(planned.name());
            return HumeStrategy.API_KEY;
        }
    }

    /** The provider of the account's keys, as the first words of a sentence. */
    String providerAsSubject(String name, AccountRuntimeConfig account) {
        String phrase = describeProvider(name, account);
        return phrase.substring(0, 1).toUpperCase(Locale.ROOT) + phrase.substring(1);
    }

    /** Where the keys of the account come from, for messages about them. */
    KeyOrigin origin(String name, AccountRuntimeConfig account) {
        if (keysInConfiguration(account)) {
            return KeyOrigin.configuration(name);
        }
        return KeyOrigin.provider(describeProvider(name, account), asksOwnProvider(account)
                ? "the HumeCredentials that it returns (expiringAt)"
                : "its entry expires-at");
    }

    /** Warns of sources of keys that the configuration names for an account that is not emulated, and that are not used. */
    void warnOfUnusedKeys(String name, AccountRuntimeConfig account) {
        if (!asksOwnProvider(account) && account.secretsDirectory().isEmpty()) {
            return; // No class of this check is loaded at the start of most applications.
        }
        UnusedKeySources sources = configured.unusedSources(name);
        if (asksOwnProvider(account)) {
            if (!isReplacedForTest()) {
                sources.besideBean().ifPresent(unused -> HumeLog.LOG.keySourceUnused(AccountName.describe(name), "its keys",
                        describeProvider(name, account), unused));
            }
            return;
        }
        Optional<UnusedKeySources.Unused> found = sources.besideOtherKeys();
        if (found.isPresent()) {
            HumeLog.LOG.keySourceUnused(AccountName.describe(name), found.get().keys(), found.get().used(),
                    found.get().unused());
        } else if (!plan.loopbackTrusted()) {
            // In dev and test mode, the secret of production is usually not mounted, and this is not a mistake.
            sources.uselessDirectory().ifPresent(directory -> HumeLog.LOG.secretsDirectoryUseless(directory.property(),
                    directory.path().toString(), directory.fault(), AccountName.describe(name),
                    (keysInConfiguration(account) ? sources.sources() : Optional.of(describeProvider(name, account)))
                            .map(source -> "its keys from " + source).orElse("no keys")));
        }
    }

    /** Whether a test has replaced the provider of the application, so that the keys of the application are of no use. */
    private boolean isReplacedForTest() {
        return plan.keysOptional()
                && Arc.container().select(HumeCredentialsProvider.class).getHandle().getBean().isAlternative();
    }

    private String describeProvider(String name, AccountRuntimeConfig account) {
        return !asksOwnProvider(account) && account.credentialsProvider().isPresent()
                ? StoredCredentials.describe(AccountName.property(name, ""), account.credentialsProvider().get())
                : "the HumeCredentialsProvider "
                        + ClientProxy.unwrap(provider).getClass().getName().replace("_Subclass", "");
    }

    /** Why the account has this strategy. */
    String reason(AccountPlan planned, HumeStrategy strategy, AccountRuntimeConfig account) {
        if (planned.strategy() == strategy) {
            return planned.reason();
        }
        if (strategy == HumeStrategy.TOKEN) {
            return keysInConfiguration(account)
                    && EmulatedAccounts.isEmulated(planned.name(), account.baseUrl(), account.apiKey())
                            ? "the emulator has both keys"
                            : "decided at startup: there is a secret key";
        }
        return withoutAnswer.contains(planned.name()) ? "decided at startup without knowing the keys"
                : "decided at startup: no secret key";
    }
}
