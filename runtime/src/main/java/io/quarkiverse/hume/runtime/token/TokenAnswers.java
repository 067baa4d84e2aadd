package io.quarkiverse.hume.runtime.token;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import io.quarkiverse.hume.AccessToken;

/** Processes the results of requests to Hume for the tokens that they carried. */
final class TokenAnswers {

    private final AtomicReference<TokenState> state;
    private final TokenRequests requests;
    private final TokenEvents events;
    private final TokenClock clock;
    private final Supplier<CompletionStage<AccessToken>> current;

    /** @param current supplies the token that callers get */
    TokenAnswers(AtomicReference<TokenState> state, TokenRequests requests, TokenEvents events, TokenClock clock,
            Supplier<CompletionStage<AccessToken>> current) {
        this.state = state;
        this.requests = requests;
        this.events = events;
        this.clock = clock;
        this.current = current;
    }

    /** @see TokenKeeper#reject */
    void rejected(String authorization) {
        boolean done = false;
        while (!done) {
            TokenState read = state.get();
            long now = clock.nanoTime();
            if (!read.isCurrent(authorization) || !read.cached().usable(now)) {
                done = true; // The rejection of an expired token says nothing about the next one.
            } else if (!read.cached().accepted()) {
                done = drop(read, now);
            } else {
                done = !read.mayStart(now) || !read.rejections().mayRenew(RequestCause.UNAUTHORIZED, now)
                        || requests.start(read, now, RequestCause.UNAUTHORIZED) != null;
            }
        }
    }

    /** @see TokenKeeper#replacement */
    CompletionStage<AccessToken> replacement(String authorization) {
        while (true) {
            TokenState read = state.get();
            long now = clock.nanoTime();
            if (!read.isCurrent(authorization)) {
                CachedToken lastRejected = read.lastRejected(now);
                boolean none = read.closed() || lastRejected != null && lastRejected.is(authorization);
                return none ? CompletableFuture.completedFuture(null) : current.get();
            }
            if (!read.cached().usable(now)) {
                return current.get(); // The token expired in transit, so this is not a rejection.
            }
            if (!read.cached().accepted()) {
                drop(read, now);
                continue; // The token was dropped, by this caller or by another one. The state now has another token or none.
            }
            CompletionStage<AccessToken> next = renewed(read, RequestCause.UNAUTHORIZED, now);
            if (next != null) {
                return next;
            }
        }
    }

    /** @see TokenKeeper#newer */
    CompletionStage<AccessToken> newer(String authorization) {
        while (true) {
            TokenState read = state.get();
            long now = clock.nanoTime();
            if (!read.isCurrent(authorization)) {
                return CompletableFuture.completedFuture(read.cached() != null && read.cached().usable(now)
                        ? read.cached().token()
                        : null);
            }
            CompletionStage<AccessToken> next = renewed(read, RequestCause.FORBIDDEN, now);
            if (next != null) {
                return Cancellation.passedOn(next.exceptionally(failure -> null), next);
            }
        }
    }

    /**
     * @return the result of {@link TokenRequests#next}, or a stage with the result {@code null} if rejections may not cause a
     *         request now
     */
    private CompletionStage<AccessToken> renewed(TokenState read, RequestCause cause, long now) {
        return read.pending() == null && !read.rejections().mayRenew(cause, now) ? CompletableFuture.completedFuture(null)
                : requests.next(read, now, null, cause);
    }

    /** @return {@code false} if the state has changed since it was read, so the caller has to read it again */
    private boolean drop(TokenState read, long now) {
        if (!state.compareAndSet(read, requests.dropped(read, now))) {
            return false;
        }
        events.notify(TokenListener::rejected);
        return true;
    }

    /** @see TokenKeeper#accepted(String) */
    void accepted(String authorization) {
        TokenState read;
        TokenState next;
        do {
            read = state.get();
            next = read.accepted(authorization, clock);
        } while (next != read && !state.compareAndSet(read, next));
    }

    /** @see TokenKeeper#recovered */
    void recovered(String authorization) {
        TokenState read;
        TokenState next;
        do {
            read = state.get();
            next = read.recovered(authorization);
        } while (next != read && !state.compareAndSet(read, next));
    }
}
