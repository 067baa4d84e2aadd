package io.quarkiverse.hume.runtime.refresh;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;

/**
 * The job with which the application's scheduler renews tokens. A bean of this type exists only in applications that use tokens
 * and whose scheduler does not share its jobs with other instances.
 */
public class TokenRefresher {

    static final String JOB = "hume-token-refresh";

    private final TokenRenewal renewal;

    public TokenRefresher(TokenRenewal renewal) {
        this.renewal = renewal;
    }

    /** Checks the tokens and starts requests for those that are due. Does not wait for the requests. */
    @Scheduled(identity = JOB, every = "${hume.token.check-every}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> refresh() {
        renewal.job();
        return Uni.createFrom().voidItem();
    }
}
