package io.quarkiverse.hume.runtime.account;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;

/** Renews tokens before anybody waits for one. A bean of this type exists only in applications that use tokens. */
public class TokenRefresher {

    private final AccountRegistry registry;

    public TokenRefresher(AccountRegistry registry) {
        this.registry = registry;
    }

    /** Looks only; what has to be fetched is fetched without this method waiting for it. */
    @Scheduled(identity = "hume-token-refresh", every = "${hume.token.check-every}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> refresh() {
        for (Account account : registry.all()) {
            if (account.hasTokens()) {
                account.keeper().tick();
            }
        }
        return Uni.createFrom().voidItem();
    }
}
