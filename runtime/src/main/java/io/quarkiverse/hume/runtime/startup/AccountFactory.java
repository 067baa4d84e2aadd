package io.quarkiverse.hume.runtime.startup;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import jakarta.enterprise.inject.Instance;

import org.eclipse.microprofile.config.ConfigProvider;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.HumeAuthenticationException.Reason;
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
import io.quarkiverse.hume.runtime.credential.KeyOrigin;
import io.quarkiverse.hume.runtime.credential.TrustedHosts;
import io.quarkiverse.hume.runtime.event.AccountListener;
import io.quarkiverse.hume.runtime.expiry.KeyExpiry;
import io.quarkiverse.hume.runtime.expiry.KeyExpiryWatch;
import io.quarkiverse.hume.runtime.keys.EmulatedAccounts;
import io.quarkiverse.hume.runtime.limit.CallLimits;
import io.quarkiverse.hume.runtime.log.HumeLog;
import io.quarkiverse.hume.runtime.name.AccountName;
import io.quarkiverse.hume.runtime.name.AccountProperty;
import io.quarkiverse.hume.runtime.name.HumeHost;
import io.quarkiverse.hume.runtime.notification.ApplicationEvents;
import io.quarkiverse.hume.runtime.token.TokenClock;
import io.quarkiverse.hume.runtime.token.TokenKeeper;
import io.quarkiverse.hume.runtime.transport.TransportSettings;
import io.quarkus.arc.ClientProxy;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.configuration.ConfigurationException;

/**
 * Creates the accounts when the application starts, from the decisions of the build and the runtime configuration, and reports
 * everything that is wrong with the configuration at once.
 */
final class AccountFactory {

    private final HumePlan plan;
    private final HumeRuntimeConfig config;
    private final HumeCredentialsProvider provider;
    private final Instance<TokenKeeperFactory> tokens;
    private final AccountListener.Factory listeners;
    private final CallerContexts contexts;
    private final List<String> violations = new ArrayList<>();
    private final List<KeyExpiryWatch.Watched> keys = new ArrayList<>();
    private final CallLimits limits;
    private final StartupStrategies strategies;

    AccountFactory(HumePlan plan, HumeRuntimeConfig config, HumeCredentialsProvider provider,
            Instance<TokenKeeperFactory> tokens, AccountListener.Factory listeners, CallerContexts contexts) {
        this.plan = plan;
        this.config = config;
        this.provider = provider;
        this.tokens = tokens;
        this.listeners = listeners;
        this.contexts = contexts;
        this.limits = new CallLimits(TokenClock.SYSTEM, contexts, contexts::onOwnContext);
        this.strategies = new StartupStrategies(plan, provider, tokens, violations);
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
        for (Map.Entry<String, String> clash : AccountProperty.indistinguishable(configs.keySet()).entrySet()) {
            violations.add(AccountProperty.describeClash(clash.getKey(), clash.getValue()));
        }
        Map<String, Account> accounts = new LinkedHashMap<>();
        for (Map.Entry<String, AccountRuntimeConfig> configured : configs.entrySet()) {
            String name = configured.getKey();
            AccountRuntimeConfig account = configured.getValue();
            AccountPlan planned = plans.getOrDefault(name, AccountPlan.unplanned(name));
            int before = violations.size();
            violations.addAll(AccountConfigValidator.violations(AccountName.property(name, ""), account));
            if (LaunchMode.current() == LaunchMode.NORMAL
                    && !EmulatedAccounts.isEmulated(name, account.baseUrl(), account.apiKey())) {
                violations.addAll(UnresolvedVariables.violations(name, ConfigProvider.getConfig()));
            }
            violations.addAll(AccountReferences.violations(name, account));
            violations.addAll(limits.violations(name, account.rateLimit()));
            HumeStrategy strategy = strategies.of(planned, account);
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

    private Account account(AccountPlan planned, HumeStrategy strategy, AccountRuntimeConfig account) {
        String name = planned.name();
        HumeCredentialsProvider keysFrom = strategies.provider(account);
        if (keysFrom != provider) {
            HumeLog.LOG.emulatorInPlaceOfBean(ClientProxy.unwrap(provider).getClass().getName(), account.baseUrl());
        }
        AccountCredentials credentials = new AccountCredentials(name, strategies.origin(name, account),
                () -> contexts.separately(() -> keysFrom.getCredentials(name).ifNoItem().after(account.token().timeout())
                        .failWith(() -> silent(name, account)).subscribeAsCompletionStage()),
                TokenClock.SYSTEM);
        boolean inConfiguration = strategies.keysInConfiguration(account);
        boolean emulated = EmulatedAccounts.isEmulated(name, account.baseUrl(), account.apiKey());
        if (!emulated) {
            strategies.warnOfUnusedKeys(name, account);
        }
        boolean noKey = inConfiguration && account.apiKey().isEmpty();
        if (noKey && !name.equals(HumeAccount.DEFAULT) && planned.usedBy() == null
                && account.webhook().signingKey().isEmpty()) {
            HumeLog.LOG.accountWithoutKeys(name, AccountName.property(name, "api-key"));
        }
        URI platform = platform(name, account, emulated);
        if (strategy == HumeStrategy.TOKEN && HumeHost.isCloud(platform) && !tokens.get().isTokenSourceReplaced()) {
            HumeLog.LOG.tokensNotObtainable(AccountName.describe(name), platform, AccountName.property(name, "strategy"),
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
        AccountProfile profile = new AccountProfile(name, strategy, strategies.reason(planned, strategy, account),
                account.baseUrl(),
                keeper != null && !noKey && account.token().acquireAtStartup()
                        && (strategy == HumeStrategy.TOKEN || planned.tokensUsedBy() != null),
                noKey ? strategies.missing(name, "api-key") : null);
        return new Account(profile, new AccountAuthentication(profile, credentials, keeper, contexts,
                keyExpiry(name, account, emulated, credentials, events)::expiresAt), trustedHosts(name, account, emulated),
                TransportSettings.of(account), listener, limits.limit(name, account.rateLimit(), listener));
    }

    private KeyExpiry keyExpiry(String name, AccountRuntimeConfig account, boolean emulated, AccountCredentials credentials,
            ApplicationEvents events) {
        String property = AccountName.property(name, "api-key-expires-at");
        KeyExpiry expiry = emulated ? new KeyExpiry(property, other -> Optional.empty(), Optional.empty(), Optional::empty,
                () -> {
                })
                : new KeyExpiry(property, other -> ConfigProvider.getConfig().getOptionalValue(other, String.class),
                        account.apiKeyExpiresAt(), credentials::keysExpireAt,
                        // If it fails, the known expiry is reported. The next call or token request reports the failure.
                        () -> credentials.latest().exceptionally(failure -> null).toCompletableFuture().join());
        if (!emulated && (account.apiKeyExpiresAt().isPresent() || account.secretsDirectory().isPresent()
                || !strategies.keysInConfiguration(account))) {
            KeyOrigin origin = credentials.origin();
            keys.add(new KeyExpiryWatch.Watched(name, origin.apiKey(), origin.expiry(), expiry, account.keyExpiryWarning(),
                    events::keyExpires));
        }
        return expiry;
    }

    /** The base URL of the account without the emulator. */
    private static URI platform(String name, AccountRuntimeConfig account, boolean emulated) {
        URI replaced = emulated ? EmulatedAccounts.replacedBaseUrl(name) : null;
        return replaced != null ? replaced : account.baseUrl();
    }

    private TrustedHosts trustedHosts(String name, AccountRuntimeConfig account, boolean emulated) {
        String host = account.baseUrl().getHost();
        if (emulated && host != null && TrustedHosts.isLoopback(host)) {
            return TrustedHosts.emulated(name, account.baseUrl(), account.trustedHosts(),
                    EmulatedAccounts.replacedBaseUrl(name));
        }
        Optional<URI> emulator = config.emulator().url();
        return emulator.isPresent()
                ? TrustedHosts.besideEmulator(name, account.baseUrl(), account.trustedHosts(), plan.loopbackTrusted(),
                        emulator.get())
                : new TrustedHosts(name, account.baseUrl(), account.trustedHosts(), plan.loopbackTrusted());
    }

    private HumeAuthenticationException silent(String name, AccountRuntimeConfig account) {
        return new HumeAuthenticationException(Reason.MISSING_CREDENTIALS, name, strategies.providerAsSubject(name, account)
                + " did not answer for " + AccountName.describe(name) + " within "
                + account.token().timeout().toMillis() + " ms (" + AccountName.property(name, "token.timeout") + ")");
    }
}
