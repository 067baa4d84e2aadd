package io.quarkiverse.hume.runtime.metrics;

import static io.quarkiverse.hume.runtime.metrics.OutcomeCounter.metric;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.inject.Singleton;

import io.quarkiverse.hume.HumeAccountStatus;
import io.quarkiverse.hume.HumeAccounts;
import io.quarkiverse.hume.runtime.event.AccountListener;
import io.quarkus.runtime.metrics.MetricsFactory;

/**
 * The metrics of all accounts. They use the metrics factory of Quarkus, so no class of a metrics system is needed to compile or
 * run this class.
 */
@Singleton
public class AccountMetrics implements AccountListener.Factory {

    private final Map<String, AccountCounters> counters = new ConcurrentHashMap<>();

    @Override
    public AccountListener listener(String account) {
        return counters(account);
    }

    private AccountCounters counters(String account) {
        return counters.computeIfAbsent(account, AccountCounters::new);
    }

    void register(MetricsFactory factory, MetricsPlan plan, HumeAccounts accounts, InstantSource clock) {
        for (HumeAccountStatus status : accounts.all()) {
            String account = status.account();
            AccountCounters counted = counters(account);
            counted.registerUnauthorized(factory, plan.webSockets());
            counted.registerRateLimit(factory);
            metric(factory, "hume.api.key.remaining.life", "How long the API key is still valid; NaN if it is not known",
                    account).unit("seconds").buildGauge(() -> remaining(accounts.get(account).apiKeyExpiresAt(), clock));
            if (status.token().isPresent()) {
                counted.registerTokenRequests(factory);
                registerToken(factory, account, accounts, clock);
            }
            if (account.equals(plan.browserTokenAccount())) {
                counted.registerBrowserTokens(factory);
            }
            if (account.equals(plan.relayAccount())) {
                counted.registerRelay(factory);
            }
            if (plan.webhookAccounts().contains(account)) {
                counted.registerWebhooks(factory);
            }
        }
    }

    private static void registerToken(MetricsFactory factory, String account, HumeAccounts accounts, InstantSource clock) {
        metric(factory, "hume.token.remaining.life", "How long the access token is still valid; 0 without one", account)
                .unit("seconds").buildGauge(() -> remaining(accounts.get(account), clock));
        metric(factory, "hume.token.consecutive.failures", "Requests for an access token that failed in a row", account)
                .buildGauge(() -> accounts.get(account).token().map(HumeAccountStatus.Token::failures).orElse(0));
    }

    private static double remaining(HumeAccountStatus status, InstantSource clock) {
        Optional<Instant> end = status.token().filter(HumeAccountStatus.Token::valid)
                .flatMap(HumeAccountStatus.Token::expiresAt);
        return end.isPresent() ? remaining(end, clock) : 0;
    }

    private static double remaining(Optional<Instant> end, InstantSource clock) {
        return end.map(instant -> Math.max(0, Duration.between(clock.instant(), instant).toMillis() / 1000.0))
                .orElse(Double.NaN);
    }
}
