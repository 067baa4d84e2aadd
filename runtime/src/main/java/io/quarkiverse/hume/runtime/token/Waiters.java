package io.quarkiverse.hume.runtime.token;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

import io.quarkiverse.hume.AccessToken;
import io.quarkiverse.hume.HumeAuthenticationException;

/** The callers that wait for the result of a request. A caller that cancels is removed at once. */
final class Waiters {

    private final Set<Waiter> waiting = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean releasing = new AtomicBoolean();
    private volatile Result result;

    /** @param failure why there is no token; {@code null} if there is one */
    private record Result(AccessToken token, HumeAuthenticationException failure, long at) {

        void complete(Waiter waiter) {
            if (failure == null) {
                waiter.complete(token);
            } else if (waiter.fallback != null && waiter.fallback.usable(at)) {
                waiter.complete(waiter.fallback.token());
            } else {
                waiter.completeExceptionally(Failures.forOneCaller(failure));
            }
        }
    }

    private static final class Waiter extends CompletableFuture<AccessToken> {

        private final CachedToken fallback;

        private Waiter(CachedToken fallback) {
            this.fallback = fallback;
        }
    }

    /**
     * @param fallback the token that the caller gets if the request fails; {@code null} if there is none
     * @return a separate future for this caller; cancelling or completing it does not affect other callers
     */
    CompletableFuture<AccessToken> join(CachedToken fallback) {
        Waiter waiter = new Waiter(fallback);
        waiting.add(waiter);
        waiter.whenComplete((token, failure) -> waiting.remove(waiter));
        // The result may have arrived before the caller was added. In this case, the caller gets it here.
        Result known = result;
        if (known != null) {
            known.complete(waiter);
        }
        return waiter;
    }

    /** @param failure why there is no token; {@code null} if there is one */
    void end(AccessToken token, HumeAuthenticationException failure, long now) {
        Result known = new Result(token, failure, now);
        result = known;
        waiting.forEach(known::complete);
    }

    /**
     * @return whether the caller of this method has to ensure that {@link #release()} is called; only the first caller has to
     */
    boolean mustBeReleased() {
        return releasing.compareAndSet(false, true);
    }

    /** Completes the callers with a fallback token with this token, because it would expire while they wait. */
    void release() {
        releasing.set(false);
        for (Waiter waiter : waiting) {
            if (waiter.fallback != null) {
                waiter.complete(waiter.fallback.token());
            }
        }
    }

    int count() {
        return waiting.size();
    }
}
