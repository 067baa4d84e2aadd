package io.quarkiverse.hume.runtime.startup;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.spi.ConfigSource;

import io.quarkiverse.hume.HumeAccounts;
import io.quarkiverse.hume.HumeCredentialsProvider;
import io.quarkiverse.hume.runtime.account.Account;
import io.quarkiverse.hume.runtime.account.AccountProfile;
import io.quarkiverse.hume.runtime.account.AccountRegistry;
import io.quarkiverse.hume.runtime.account.AccountStatuses;
import io.quarkiverse.hume.runtime.config.AccountSettings;
import io.quarkiverse.hume.runtime.config.AccountSpellings;
import io.quarkiverse.hume.runtime.config.HumeRuntimeConfig;
import io.quarkiverse.hume.runtime.context.CallerContexts;
import io.quarkiverse.hume.runtime.event.AccountListener;
import io.quarkiverse.hume.runtime.expiry.KeyExpiryWatch;
import io.quarkiverse.hume.runtime.keys.ConfiguredCredentials;
import io.quarkiverse.hume.runtime.keys.KeySource;
import io.quarkiverse.hume.runtime.log.HumeLog;
import io.quarkiverse.hume.runtime.name.StrategyName;
import io.quarkiverse.hume.runtime.token.TokenClock;
import io.quarkus.arc.DefaultBean;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Vertx;

/** Creates the accounts at start-up, and closes them at shutdown. */
@Singleton
public class AccountLifecycle {

    /** The maximum time for which the shutdown waits until callers that were waiting for a token have continued. */
    private static final Duration MAX_CALLER_WAIT = Duration.ofSeconds(1);

    private volatile AccountRegistry registry;
    private volatile AccountSettings settings;
    private volatile CallerContexts contexts;
    private volatile KeyExpiryWatch keyExpiry;

    /** Checks the configuration and creates the accounts. Called once, when the application starts. */
    public void start(HumePlan plan, HumeRuntimeConfig config, Instance<HumeCredentialsProvider> providers,
            Instance<TokenKeeperFactory> tokens, Instance<AccountListener.Factory> listeners, Vertx vertx) {
        ReplaceableBean<HumeCredentialsProvider> provider = new ReplaceableBean<>(HumeCredentialsProvider.class, providers);
        List<String> violations = new ArrayList<>(provider.violations("keys are read from the configuration"));
        if (plan.tokens()) {
            violations.addAll(tokens.get().violations());
        }
        if (!violations.isEmpty()) {
            throw new ConfigurationException("Hume cannot be used with these beans:\n - " + String.join("\n - ", violations));
        }
        contexts = new CallerContexts(vertx.getOrCreateContext());
        AccountFactory factory = new AccountFactory(plan, config, provider.get().orElseThrow(), tokens,
                listeners.isResolvable() ? listeners.get() : account -> AccountListener.NONE, contexts);
        AccountRegistry assembled = factory.assemble();
        settings = new AccountSettings(config);
        registry = assembled;
        if (!config.accounts().isEmpty()) {
            contradictions();
        }
        for (Account account : assembled.all()) {
            AccountProfile profile = account.profile();
            HumeLog.LOG.strategy(profile.describe(), StrategyName.of(profile.strategy()), profile.reason(),
                    profile.baseUrl().toString());
        }
        if (!factory.expiringKeys().isEmpty()) {
            keyExpiry = new KeyExpiryWatch(factory.expiringKeys(), TokenClock.SYSTEM, contexts,
                    Infrastructure.getDefaultWorkerPool());
            keyExpiry.start();
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
            throw new IllegalStateException("The Hume accounts do not exist yet: they need the run-time configuration, so"
                    + " they cannot be used before the application starts");
        }
        return started;
    }

    @Produces
    @Singleton
    AccountSettings settings() {
        registry();
        return settings;
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

    @Produces
    @Singleton
    CallerContexts contexts() {
        return contexts;
    }

    /**
     * Called when the application is about to stop and its server still answers requests. If callers are waiting for a token,
     * this blocks for a moment, so that they can respond with the failure.
     *
     * @param grace how long the shutdown waits for requests in progress; zero if it does not wait
     */
    void stopping(Duration grace) {
        if (registry == null) {
            return; // The start failed.
        }
        if (grace.compareTo(MAX_CALLER_WAIT) > 0) {
            // Requests in progress may still need tokens, so they are available for as long as the shutdown waits.
            contexts.schedule(grace.minus(MAX_CALLER_WAIT), this::stop);
        } else if (contexts.hasCallers()) {
            stop();
            contexts.awaitCallers(MAX_CALLER_WAIT);
            pause();
        } else {
            stop();
        }
    }

    /** Waits for a short time, because there is no notification when the callers have written their responses. */
    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(MAX_CALLER_WAIT.toMillis() / 2);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @PreDestroy
    void stop() {
        if (keyExpiry != null) {
            keyExpiry.close();
        }
        AccountRegistry started = registry;
        if (started != null) {
            started.close();
        }
    }
}
