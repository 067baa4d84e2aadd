package io.quarkiverse.hume.runtime.account;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.spi.ConfigSource;

import io.quarkiverse.hume.HumeAccounts;
import io.quarkiverse.hume.HumeCredentialsProvider;
import io.quarkiverse.hume.HumeStrategy;
import io.quarkiverse.hume.runtime.config.AccountSpellings;
import io.quarkiverse.hume.runtime.config.ConfiguredCredentials;
import io.quarkiverse.hume.runtime.config.HumeRuntimeConfig;
import io.quarkiverse.hume.runtime.config.KeySource;
import io.quarkiverse.hume.runtime.token.AccountName;
import io.quarkus.arc.DefaultBean;

/** The accounts' beginning and end. */
@Singleton
public class AccountLifecycle {

    private volatile AccountRegistry registry;

    /** Checks the configuration and makes the accounts; called once, when the application starts. */
    public void start(HumePlan plan, HumeRuntimeConfig config, Instance<HumeCredentialsProvider> provider,
            Instance<TokenSupport> tokens, Instance<AccountListener.Factory> listeners) {
        AccountRegistry assembled = new AccountAssembly(plan, config, provider.get(), tokens,
                listeners.isResolvable() ? listeners.get() : account -> AccountListener.NONE).assemble();
        registry = assembled;
        if (!config.accounts().isEmpty()) {
            contradictions();
        }
        for (Account account : assembled.all()) {
            HumeLog.LOG.strategy(AccountName.describe(account.name()),
                    account.strategy() == HumeStrategy.TOKEN ? "token" : "api-key", account.reason(),
                    account.baseUrl().toString());
        }
    }

    private static void contradictions() {
        for (ConfigSource source : ConfigProvider.getConfig().getConfigSources()) {
            AccountSpellings.contradictions(source).forEach((property, other) -> HumeLog.LOG.twoSpellings(property, other,
                    KeySource.describeSource(source.getName()), property));
        }
    }

    @Produces
    @Singleton
    AccountRegistry registry() {
        AccountRegistry started = registry;
        if (started == null) {
            throw new IllegalStateException("The Hume accounts are not there yet: they need the run-time configuration, so"
                    + " they cannot be used before the application starts");
        }
        return started;
    }

    @Produces
    @ApplicationScoped
    HumeAccounts accounts(AccountRegistry started) {
        return new AccountStatuses(started);
    }

    @Produces
    @ApplicationScoped
    @DefaultBean
    HumeCredentialsProvider configuredCredentials() {
        return new ConfiguredCredentials(ConfigProvider.getConfig());
    }

    @PreDestroy
    void stop() {
        AccountRegistry started = registry;
        if (started != null) {
            started.close();
        }
    }
}
