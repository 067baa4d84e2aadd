package io.quarkiverse.hume.runtime.health;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.inject.Singleton;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Startup;

import io.quarkiverse.hume.HumeAccountStatus;
import io.quarkiverse.hume.HumeAccounts;
import io.quarkiverse.hume.runtime.account.AccountRegistry;

/** Reports whether every account that requests a token at start-up has received one. After it was UP once, it stays UP. */
@Startup
@Singleton
public class FirstTokens implements HealthCheck {

    private final HumeAccounts accounts;
    private final Collection<String> awaited;
    private final Set<String> arrived = ConcurrentHashMap.newKeySet();

    public FirstTokens(HumeAccounts accounts, AccountRegistry registry) {
        this.accounts = accounts;
        this.awaited = registry.acquiringAtStartup();
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("Hume first tokens health check");
        boolean all = true;
        for (String account : awaited) {
            HumeAccountStatus.Token token = accounts.get(account).token().orElseThrow();
            if (token.receivedAt().isPresent()) {
                arrived.add(account);
            }
            boolean up = arrived.contains(account);
            all &= up;
            response.withData(account, up ? "UP" : "DOWN");
            if (!up) {
                AccountReadiness.describe(response, account, token);
            }
        }
        return response.status(all).build();
    }
}
