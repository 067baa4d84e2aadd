package io.quarkiverse.hume.runtime.startup;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import jakarta.enterprise.inject.Instance;

import org.eclipse.microprofile.config.ConfigProvider;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.HumeAuthenticationException.Reason;
import io.quarkiverse.hume.HumeCredentials;
import io.quarkiverse.hume.HumeCredentialsProvider;
import io.quarkiverse.hume.HumeStrategy;
import io.quarkiverse.hume.runtime.account.Account;
import io.quarkiverse.hume.runtime.account.AccountAuthentication;
import io.quarkiverse.hume.runtime.account.AccountProfile;
import io.quarkiverse.hume.runtime.account.AccountRegistry;
import io.quarkiverse.hume.runtime.config.AccountConfigValidator;
import io.quarkiverse.hume.runtime.config.AccountRuntimeConfig;
import io.quarkiverse.hume.runtime.config.BrowserTokenConfigValidator;
import io.quarkiverse.hume.runtime.config.HumeRuntimeConfig;
import io.quarkiverse.hume.runtime.config.RelayConfigValidator;
import io.quarkiverse.hume.runtime.config.SharedStateConfigValidator;
import io.quarkiverse.hume.runtime.context.CallerContexts;
import io.quarkiverse.hume.runtime.credential.AccountCredentials;
import io.quarkiverse.hume.runtime.credential.TrustedHosts;
import io.quarkiverse.hume.runtime.event.AccountListener;
import io.quarkiverse.hume.runtime.expiry.KeyExpiry;
import io.quarkiverse.hume.runtime.expiry.KeyExpiryWatch;
import io.quarkiverse.hume.runtime.keys.ConfiguredCredentials;
import io.quarkiverse.hume.runtime.keys.EmulatedAccounts;
import io.quarkiverse.hume.runtime.keys.StoredCredentials;
import io.quarkiverse.hume.runtime.limit.CallLimits;
import io.quarkiverse.hume.runtime.log.HumeLog;
import io.quarkiverse.hume.runtime.name.AccountName;
import io.quarkiverse.hume.runtime.name.AccountProperty;
import io.quarkiverse.hume.runtime.name.HumeHost;
import io.quarkiverse.hume.runtime.notification.ApplicationEvents;
import io.quarkiverse.hume.runtime.token.TokenClock;
import io.quarkiverse.hume.runtime.token.TokenKeeper;
import io.quarkiverse.hume.runtime.token.TokenTiming;
import io.quarkiverse.hume.runtime.transport.TransportSettings;
import io.quarkus.arc.ClientProxy;
import io.quarkus.runtime.configuration.ConfigurationException;

/**
 * Creates the accounts when the application starts, from the decisions of the build and the runtime configuration, and reports
 * all contradictions between the two at once.
 */
final class AccountFactory {

    private final HumePlan plan;
    private final HumeRuntimeConfig config;
    private final HumeCredentialsProvider provider;
    private final Instance<TokenKeeperFactory> tokens;
    private final AccountListener.Factory listeners;
    private final CallerContexts contexts;
    private final ConfiguredCredentials configured;
    private final List<String> violations = new ArrayList<>();
    private final List<KeyExpiryWatch.Watched> keys = new ArrayList<>();
    private final CallLimits limits;

    AccountFactory(HumePlan plan, HumeRuntimeConfig config, HumeCredentialsProvider provider,
            Instance<TokenKeeperFactory> tokens, AccountListener.Factory listeners, CallerContexts contexts) {
        this.plan = plan;
        this.config = config;
        this.provider = provider;
        this.tokens = tokens;
        this.listeners = listeners;
        this.contexts = contexts;
        this.limits = new CallLimits(new TokenTiming(TokenClock.SYSTEM, contexts::later, () -> 0), contexts::onOwnContext);
        this.configured = ClientProxy.unwrap(provider) instanceof ConfiguredCredentials configuration ? configuration : null;
    }

    /** @throws ConfigurationException naming every violation */
    AccountRegistry assemble() {
        Map<String, AccountPlan> plans = new LinkedHashMap<>();
        for (AccountPlan planned : plan.accounts()) {
            plans.put(planned.name(), planned);
        }
        Map<String, AccountRuntimeConfig> configs = new LinkedHashMap<>();
        configs.put(HumeAccount.DEFAULT, config.defaultAccount());
        configs.putAll(new TreeMap<>(config.accounts()));
        AccountProperty.indistinguishable(configs.keySet())
                .forEach((account, other) -> violations.add(AccountProperty.describeClash(account, other)));
        Map<String, Account> accounts = new LinkedHashMap<>();
        for (Map.Entry<String, AccountRuntimeConfig> configured : configs.entrySet()) {
            String name = configured.getKey();
            AccountRuntimeConfig account = configured.getValue();
            AccountPlan planned = plans.getOrDefault(name, AccountPlan.unplanned(name));
            int before = violations.size();
            violations.addAll(AccountConfigValidator.violations(AccountName.property(name, ""), account));
            violations.addAll(AccountReferences.violations(name, account));
            limits.violation(name, account.rateLimit()).ifPresent(violations::add);
            HumeStrategy strategy = strategy(planned, account);
            if (violations.size() == before) {
                accounts.put(name, account(planned, strategy, account));
            }
        }
        violations.addAll(BrowserTokenConfigValidator.violations(config.browserToken()));
        violations.addAll(RelayConfigValidator.violations(config.relay()));
        violations.addAll(SharedStateConfigValidator.violations(config.sharedState()));
        if (!violations.isEmpty()) {
            throw new ConfigurationException("Hume cannot be used with this configuration:\n - "
                    + String.join("\n - ", violations));
        }
        return new AccountRegistry(accounts);
    }

    /** The assembled accounts whose keys may have a known expiry, for the warnings about it. */
    List<KeyExpiryWatch.Watched> expiringKeys() {
        return keys;
    }

    /**
     * Returns the decision of the build or, if there is none, applies the same rule now. Contradictions become violations or
     * warnings.
     */
    private HumeStrategy strategy(AccountPlan planned, AccountRuntimeConfig account) {
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
                if (secretKey && !plan.tokens()) {
                    HumeLog.LOG.secretKeyUnused(AccountName.property(name, "secret-key"));
                }
                return HumeStrategy.API_KEY;
            default:
                return secretKey && plan.tokens() ? HumeStrategy.TOKEN : HumeStrategy.API_KEY;
        }
    }

    private void noKeys(AccountPlan planned) {
        String name = planned.name();
        String problem = missing(name, "api-key") + ", and " + planned.usedBy() + " uses " + AccountName.describe(name);
        String remedy = "Set it, or the environment variable "
                + AccountProperty.environmentVariable(AccountName.property(name, "api-key"))
                + ", to the API key from the Hume portal";
        if (plan.keysOptional()) {
            HumeLog.LOG.testWithoutKeys(problem, remedy);
        } else {
            violations.add(problem + ". " + remedy);
        }
    }

    /** Whether the keys are in the configuration. Otherwise only the provider knows which keys exist. */
    private boolean keysInConfiguration(AccountRuntimeConfig account) {
        return configured != null && account.credentialsProvider().isEmpty();
    }

    private String missing(String account, String key) {
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
            HumeCredentials credentials = provider.getCredentials(planned.name()).await()
                    .atMost(account.token().timeout());
            if (credentials.secretKey().isPresent()) {
                return HumeStrategy.TOKEN;
            }
            if (planned.tokensUsedBy() != null && !tokens.get().isTokenSourceReplaced()) {
                violations.add(capitalized(describeProvider(planned.name(), account)) + " has no secret key for "
                        + AccountName.describe(planned.name()) + ", but " + planned.tokensUsedBy()
                        + " uses access tokens of it. Add the secret key there, or use the strategy api-key");
            }
            return HumeStrategy.API_KEY;
        } catch (RuntimeException e) {
            if (planned.usedBy() != null) {
                violations.add(AccountName.property(planned.name(), "strategy") + " is auto, but "
                        + describeProvider(planned.name(), account) + " did not return the keys ("
                        + (e instanceof HumeAuthenticationException ? e.getMessage() : e.getClass().getName()) + "). Set "
                        + AccountName.property(planned.name(), "strategy") + " to api-key or token");
            }
            return HumeStrategy.API_KEY;
        }
    }

    private String describeProvider(String name, AccountRuntimeConfig account) {
        return configured != null && account.credentialsProvider().isPresent()
                ? StoredCredentials.describe(AccountName.property(name, ""), account.credentialsProvider().get())
                : "the HumeCredentialsProvider " + ClientProxy.unwrap(provider).getClass().getName();
    }

    private Account account(AccountPlan planned, HumeStrategy strategy, AccountRuntimeConfig account) {
        String name = planned.name();
        AccountCredentials credentials = new AccountCredentials(name, AccountName.property(name,
                account.credentialsProvider().isPresent() ? "credentials-provider" : "api-key"),
                () -> contexts.separately(() -> provider.getCredentials(name).ifNoItem().after(account.token().timeout())
                        .failWith(() -> silent(name, account)).subscribeAsCompletionStage()),
                TokenClock.SYSTEM);
        boolean inConfiguration = keysInConfiguration(account);
        boolean noKey = inConfiguration && account.apiKey().isEmpty();
        if (noKey && !name.equals(HumeAccount.DEFAULT) && planned.usedBy() == null
                && account.webhook().signingKey().isEmpty()) {
            HumeLog.LOG.accountWithoutKeys(name, AccountName.property(name, "api-key"));
        }
        if (strategy == HumeStrategy.TOKEN && HumeHost.isCloud(account.baseUrl()) && !tokens.get().isTokenSourceReplaced()) {
            HumeLog.LOG.tokensNotObtainable(AccountName.describe(name), account.baseUrl(), AccountName.property(name, "strategy"),
                    AccountName.property(name, "secret-key"));
        }
        boolean tokensPossible = plan.tokens()
                && (strategy == HumeStrategy.TOKEN || !inConfiguration || account.secretKey().isPresent());
        AccountListener listener = listeners.listener(name);
        ApplicationEvents events = new ApplicationEvents(name, ApplicationEvents.observers(contexts));
        credentials.whenRejected(events::keyRejected);
        TokenKeeper keeper = tokensPossible
                ? tokens.get().keeper(name, account, credentials, contexts, listener, events)
                : null;
        AccountProfile profile = new AccountProfile(name, strategy, reason(planned, strategy, account), account.baseUrl(),
                strategy == HumeStrategy.TOKEN && !noKey && account.token().acquireAtStartup(),
                noKey ? missing(name, "api-key") : null);
        return new Account(profile, new AccountAuthentication(profile, credentials, keeper, contexts,
                keyExpiry(name, account, credentials, events)::expiresAt), trustedHosts(name, account),
                TransportSettings.of(account), listener, limits.limit(name, account.rateLimit(), listener));
    }

    private KeyExpiry keyExpiry(String name, AccountRuntimeConfig account, AccountCredentials credentials,
            ApplicationEvents events) {
        String property = AccountName.property(name, "api-key-expires-at");
        boolean emulated = EmulatedAccounts.isEmulated(name, account.baseUrl(), account.apiKey());
        KeyExpiry expiry = emulated ? new KeyExpiry(property, other -> Optional.empty(), Optional.empty(), Optional::empty)
                : new KeyExpiry(property, other -> ConfigProvider.getConfig().getOptionalValue(other, String.class),
                        account.apiKeyExpiresAt(), credentials::keysExpireAt);
        if (!emulated && (account.apiKeyExpiresAt().isPresent() || account.secretsDirectory().isPresent()
                || !keysInConfiguration(account))) {
            keys.add(new KeyExpiryWatch.Watched(name, expiry, account.keyExpiryWarning(), events::keyExpires));
        }
        return expiry;
    }

    private TrustedHosts trustedHosts(String name, AccountRuntimeConfig account) {
        String host = account.baseUrl().getHost();
        return host != null && TrustedHosts.isLoopback(host)
                && EmulatedAccounts.isEmulated(name, account.baseUrl(), account.apiKey())
                        ? TrustedHosts.emulated(name, account.baseUrl(), account.trustedHosts())
                        : new TrustedHosts(name, account.baseUrl(), account.trustedHosts(), plan.loopbackTrusted());
    }

    private String reason(AccountPlan planned, HumeStrategy strategy, AccountRuntimeConfig account) {
        if (planned.strategy() == strategy) {
            return planned.reason();
        }
        if (strategy == HumeStrategy.TOKEN) {
            return keysInConfiguration(account)
                    && EmulatedAccounts.isEmulated(planned.name(), account.baseUrl(), account.apiKey())
                            ? "the emulator has both keys"
                            : "decided at startup: there is a secret key";
        }
        return "decided at startup: no secret key";
    }

    private static String capitalized(String phrase) {
        return phrase.substring(0, 1).toUpperCase(Locale.ROOT) + phrase.substring(1);
    }

    private HumeAuthenticationException silent(String name, AccountRuntimeConfig account) {
        return new HumeAuthenticationException(Reason.MISSING_CREDENTIALS, name, capitalized(describeProvider(name, account))
                + " did not answer for " + AccountName.describe(name) + " within "
                + account.token().timeout().toMillis() + " ms (" + AccountName.property(name, "token.timeout") + ")");
    }
}
