package io.quarkiverse.hume.runtime.health;

import jakarta.inject.Singleton;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

import io.quarkiverse.hume.HumeAccountStatus;
import io.quarkiverse.hume.HumeAccounts;
import io.quarkiverse.hume.runtime.name.StrategyName;

/**
 * Reports whether requests can be authenticated, from the known state and without a network call. For failures, it reports the
 * reason but not the message, which may name hosts or, from the application's own token source, contain anything.
 */
@Readiness
@Singleton
public class AccountReadiness implements HealthCheck {

    private final HumeAccounts accounts;

    public AccountReadiness(HumeAccounts accounts) {
        this.accounts = accounts;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("Hume accounts health check");
        boolean allUp = true;
        for (HumeAccountStatus account : accounts.all()) {
            boolean up = account.token().map(AccountReadiness::isUp).orElse(true);
            allUp &= up;
            String name = account.account();
            response.withData(name, up ? "UP" : "DOWN");
            response.withData(name + ".strategy", StrategyName.of(account.strategy()));
            account.apiKeyExpiresAt().ifPresent(at -> response.withData(name + ".api-key-expires-at", at.toString()));
            account.token().ifPresent(token -> describe(response, name, token));
        }
        return response.status(allUp).build();
    }

    /**
     * Whether calls can get a token. If there is no token, because none was requested yet or it was dropped, this is the case
     * unless the last request failed.
     */
    private static boolean isUp(HumeAccountStatus.Token token) {
        return token.valid() || token.failureReason().isEmpty();
    }

    static void describe(HealthCheckResponseBuilder response, String account, HumeAccountStatus.Token token) {
        if (token.valid()) {
            token.expiresAt().ifPresent(at -> response.withData(account + ".token-expires-at", at.toString()));
        }
        token.failureReason().ifPresent(reason -> response.withData(account + ".reason", reason.name()));
        token.failingSince().ifPresent(since -> response.withData(account + ".failing-since", since.toString()));
        token.retryAt().ifPresent(at -> response.withData(account + ".next-attempt", at.toString()));
    }
}
