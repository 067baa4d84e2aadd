package io.quarkiverse.hume.runtime.endpoint;

import java.time.temporal.ChronoUnit;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import jakarta.enterprise.util.TypeLiteral;

import io.quarkiverse.hume.AccessToken;
import io.quarkiverse.hume.runtime.name.AccountName;
import io.quarkiverse.hume.runtime.token.Backoff;
import io.smallrye.faulttolerance.api.TypedGuard;
import io.smallrye.mutiny.Uni;

/**
 * Retries token requests after a brief fault. Created when a token request fails for the first time, so that most applications
 * never load the classes that it needs.
 */
final class TokenRequestRetry {

    private final TypedGuard<Uni<AccessToken>> guard;

    TokenRequestRetry(TokenEndpoint.Settings settings) {
        Backoff backoff = settings.backoff();
        long delay = backoff.delay().toMillis();
        this.guard = TypedGuard.create(new TypeLiteral<Uni<AccessToken>>() {
            private static final long serialVersionUID = 1L;
        })
                .withDescription("Hume token endpoint of " + AccountName.describe(settings.account()))
                .withThreadOffload(false)
                .withTimeout().duration(settings.timeout().toMillis(), ChronoUnit.MILLIS).done()
                .withRetry()
                .maxRetries(settings.maxRetries())
                .delay(delay, ChronoUnit.MILLIS)
                .jitter(Math.max(1, delay / 4), ChronoUnit.MILLIS)
                .whenException(TokenRequestFailures::transientFailure)
                .withExponentialBackoff().maxDelay(backoff.maxDelay().toMillis(), ChronoUnit.MILLIS).done()
                .done()
                .build();
    }

    /**
     * Retries after a failed first attempt. The guard is given this failure as the result of its first attempt.
     *
     * @param home runs the attempts. They do not run on the guard's own threads, because these outlive a live reload and have
     *        neither the running application's class loader nor the trace of the request
     */
    Uni<AccessToken> after(Throwable failure, Supplier<Uni<AccessToken>> attempt, Executor home) {
        AtomicBoolean failed = new AtomicBoolean();
        return guard.get(() -> failed.compareAndSet(false, true) ? Uni.createFrom().failure(failure)
                : Uni.createFrom().deferred(attempt::get).runSubscriptionOn(home)).emitOn(home);
    }
}
