package io.quarkiverse.hume.runtime.account;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;

/** Renews tokens before anybody waits for one. A bean of this type exists only in applications that use tokens. */
public class TokenRefresher {

    private static final long TOLERANCE = Duration.ofMillis(500).toNanos();

    private final AccountRegistry registry;

    /** By account, in monotonic nanoseconds. */
    private final Map<String, Long> lastLooks = new ConcurrentHashMap<>();

    public TokenRefresher(AccountRegistry registry) {
        this.registry = registry;
    }

    /**
     * Looks only; what has to be fetched is fetched without this method waiting for it. The first look comes when the
     * application has started, and fetches the first tokens: so the start itself is spared that work.
     */
    @Scheduled(identity = "hume-token-refresh", every = "${hume.token.check-every}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> refresh() {
        tick(System.nanoTime());
        return Uni.createFrom().voidItem();
    }

    void tick(long now) {
        for (Account account : registry.all()) {
            if (account.hasTokens() && due(account, now)) {
                boolean first = lastLooks.put(account.name(), now) == null;
                if (first && account.acquireAtStartup()) {
                    account.keeper().acquire();
                } else {
                    account.keeper().tick();
                }
            }
        }
    }

    /** With tolerance, since timers fire a little early or late. */
    private boolean due(Account account, long now) {
        Long last = lastLooks.get(account.name());
        long every = account.checkEvery().toNanos();
        return last == null || now - last >= every - Math.min(every / 2, TOLERANCE);
    }
}
