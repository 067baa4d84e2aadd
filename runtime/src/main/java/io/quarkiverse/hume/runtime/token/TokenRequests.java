package io.quarkiverse.hume.runtime.token;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.DoubleSupplier;

import io.quarkiverse.hume.AccessToken;
import io.quarkiverse.hume.HumeAuthenticationException;

/** Starts token requests, one at a time, and passes their results to the state and to the waiting callers. */
final class TokenRequests {

    /**
     * The maximum number of requests that replace each other. If a provider returns different keys for every call, and all are
     * rejected, the requests must not continue forever.
     */
    private static final int MAX_SUCCESSIONS = 3;

    private final AtomicReference<TokenState> state;
    private final TokenFailures failures;
    private final TokenKeeper.Source source;
    private final RefreshPolicy policy;
    private final TokenClock clock;
    private final TokenTiming.Scheduler scheduler;
    private final DoubleSupplier random;
    private final TokenEvents events;

    TokenRequests(AtomicReference<TokenState> state, TokenFailures failures, TokenKeeper.Source source, RefreshPolicy policy,
            TokenTiming timing, TokenEvents events) {
        this.state = state;
        this.failures = failures;
        this.source = source;
        this.policy = policy;
        this.clock = timing.clock();
        this.scheduler = timing.scheduler();
        this.random = timing.random();
        this.events = events;
    }

    /**
     * Returns the result of the request in progress, or of a new one. During the back-off, returns the result of the next
     * request if it is due soon enough.
     *
     * @param fallback the token that the caller gets instead of a failure; {@code null} if there is none
     * @return {@code null} if the state has changed, so the caller has to read it again
     */
    CompletionStage<AccessToken> next(TokenState read, long now, CachedToken fallback, RequestCause cause) {
        if (read.pending() != null) {
            return join(read.pending(), fallback, now);
        }
        if (read.mayStart(now)) {
            PendingRequest pending = start(read, now, cause);
            return pending == null ? null : join(pending, fallback, now);
        }
        if (fallback != null) {
            return CompletableFuture.completedFuture(fallback.token());
        }
        CachedToken lastRejected = read.lastRejected(now);
        if (lastRejected != null) {
            return CompletableFuture.completedFuture(lastRejected.token());
        }
        if (waits(read, now)) {
            return schedule(read, now, cause);
        }
        return failAtOnce(read, now);
    }

    /** Whether a caller without a token waits until the next request is allowed. */
    private boolean waits(TokenState read, long now) {
        return !read.closed() && !read.isUnrecoverable() && read.due(now) - now <= RefreshPolicy.nanos(policy.maxWait());
    }

    /** Fails at once. Because a caller needed a token and got none, the back-off ends earlier from now on. */
    private CompletionStage<AccessToken> failAtOnce(TokenState read, long now) {
        TokenState next = read;
        if (!read.closed() && read.backoff() != null && read.backoff().due(now) != read.backoff().notBefore()) {
            next = read.withNotBefore(read.backoff().due(now));
            if (!state.compareAndSet(read, next)) {
                return null;
            }
        }
        return CompletableFuture.failedFuture(failures.notAllowedYet(next, now, clock.now()));
    }

    /** @return {@code null} if the state has changed since it was read */
    PendingRequest start(TokenState read, long now, RequestCause cause) {
        PendingRequest pending = new PendingRequest(read.generation(), now, now + RefreshPolicy.nanos(policy.timeout()),
                cause);
        if (!state.compareAndSet(read, read.started(pending))) {
            return null;
        }
        reportRejection(read, cause);
        send(pending);
        return pending;
    }

    /** Schedules a request for the time at which the next request is allowed. Its callers wait until it ends. */
    private CompletionStage<AccessToken> schedule(TokenState read, long now, RequestCause cause) {
        long due = read.due(now);
        PendingRequest pending = new PendingRequest(read.generation(), due, due + RefreshPolicy.nanos(policy.timeout()),
                cause);
        if (!state.compareAndSet(read, read.scheduled(pending, due))) {
            return null;
        }
        reportRejection(read, cause);
        try {
            pending.whenEnded(scheduler.schedule(Duration.ofNanos(due - now), () -> {
                if (state.get().pending() == pending) {
                    send(pending);
                }
            }));
        } catch (Throwable e) { // Errors are caught as well: the request would never end.
            complete(pending, null, e);
        }
        return join(pending, null, now);
    }

    /** Reports that a token was rejected, unless it was dropped: that was reported at that time. */
    private void reportRejection(TokenState read, RequestCause cause) {
        if (cause == RequestCause.UNAUTHORIZED && read.cached() != null) {
            events.notify(TokenListener::rejected);
        }
    }

    private CompletionStage<AccessToken> join(PendingRequest pending, CachedToken fallback, long now) {
        if (fallback != null && now - fallback.waitUntil() >= 0) {
            return CompletableFuture.completedFuture(fallback.token());
        }
        CompletionStage<AccessToken> result = pending.waiters.join(fallback);
        if (fallback != null && pending.waiters.mustBeReleased()) {
            try {
                Duration left = Duration.ofNanos(fallback.waitUntil() - now);
                if (!pending.whenEnded(scheduler.schedule(left, pending.waiters::release))) {
                    // The request was replaced after the state was read. The timer is cancelled, and the callers wait for the
                    // successor.
                    pending.waiters.release();
                }
            } catch (Throwable e) { // The callers have a token, so they must not fail with this exception.
                events.problem(e);
                pending.waiters.release();
            }
        }
        return result;
    }

    private void send(PendingRequest pending) {
        if (!pending.claim()) {
            return;
        }
        try {
            Duration left = Duration.ofNanos(Math.max(0, pending.deadline - clock.nanoTime()));
            pending.whenEnded(scheduler.schedule(left, () -> complete(pending, null, failures.timedOut(policy.timeout()))));
            CompletableFuture<AccessToken> request = Objects.requireNonNull(source.requestToken(),
                    "the token source returned null");
            pending.whenEnded(() -> request.cancel(true));
            request.whenComplete((token, failure) -> complete(pending, token, failure));
        } catch (Throwable e) { // Errors are caught as well, including those of the scheduler.
            complete(pending, null, e);
        }
    }

    /**
     * Called when there are new credentials. If the request has not been sent yet, a request with the new credentials replaces
     * it
     * now.
     */
    void replaceIfUnsent(PendingRequest pending) {
        if (pending.claim()) {
            complete(pending, null, null);
        }
    }

    /**
     * Completes the request. The first call for a request determines its result; later calls find another request in the state
     * and
     * have no effect.
     */
    private void complete(PendingRequest pending, AccessToken token, Throwable failure) {
        while (true) {
            TokenState read = state.get();
            if (read.pending() != pending) {
                return;
            }
            long now = clock.nanoTime();
            if (pending.generation != read.generation() && pending.successions < MAX_SUCCESSIONS
                    && now - pending.deadline < 0) {
                PendingRequest next = pending.successor(read.generation(), now);
                if (state.compareAndSet(read, read.started(next))) {
                    pending.end(events::problem);
                    // The timer that would have released the callers ended with the request.
                    pending.waiters.release();
                    send(next);
                    return;
                }
                continue;
            }
            HumeAuthenticationException problem = failure != null ? failures.typed(failure)
                    : failures.problemWith(token, clock.now().minusNanos(onTheWay(pending, now)));
            TokenState next = problem == null ? succeeded(read, pending, token, now) : failed(read, problem, now);
            if (state.compareAndSet(read, next)) {
                pending.end(events::problem);
                pending.waiters.end(token, problem, now);
                events.ended(read, next, problem, Duration.ofNanos(now - pending.startsAt), now);
                if (problem == null && next.cached().shortLived() && read.followsShortLived()) {
                    events.notify(listener -> listener.shortLived(Duration.ofNanos(next.cached().lifetime())));
                }
                if (problem == null && read.rejections().unauthorized().count() < Renewals.PERSISTENT
                        && next.rejections().unauthorized().count() == Renewals.PERSISTENT) {
                    Instant nextRenewal = clock.now().plusNanos(next.rejections().unauthorized().next() - now);
                    events.notify(listener -> listener.rejectionsPersist(nextRenewal));
                }
                return;
            }
        }
    }

    /**
     * The time since the request was sent. A token that is valid for milliseconds may expire before it arrives, and the waiting
     * callers still get it.
     */
    private static long onTheWay(PendingRequest pending, long now) {
        return Math.min(Math.max(0, now - pending.startsAt), RefreshPolicy.MAX_ON_THE_WAY);
    }

    private TokenState succeeded(TokenState read, PendingRequest pending, AccessToken token, long now) {
        long lifetime = Math.max(0, RefreshPolicy.nanos(Duration.between(clock.now(), token.expiresAt())));
        CachedToken arrived = new CachedToken(token, now, now + lifetime - policy.refreshWindow(lifetime, random.getAsDouble()),
                now + lifetime - RefreshPolicy.expiryMargin(lifetime), now + lifetime,
                read.followsShortLived() ? RefreshPolicy.renewableFrom(pending.startsAt, now, lifetime) : now, false);
        return read.succeeded(arrived,
                read.rejections().renewed(pending.cause, policy.rejectionInterval(), now, random.getAsDouble()));
    }

    private TokenState failed(TokenState read, HumeAuthenticationException failure, long now) {
        int count = read.failures() + 1;
        long wait = policy.backoff().nanos(count, random.getAsDouble());
        Instant retryAt = failure.retryAt().orElse(null);
        long retryAfter = retryAt == null ? 0 : RefreshPolicy.retryAfter(Duration.between(clock.now(), retryAt));
        long notBefore = now + Math.max(wait, retryAfter);
        return read.failed(new BackoffState(count, failure, read.failingSince(now), notBefore,
                BackoffState.isUnrecoverable(failure) ? notBefore : now + retryAfter, policy.callerWait(random.getAsDouble())));
    }

    /**
     * A token that Hume never accepted was rejected. If this happens to a second token in a row, a back-off begins, because a
     * third token would be rejected, too.
     */
    TokenState dropped(TokenState read, long now) {
        if (!read.cached().young(now) || read.rejections().inARow() == 0) {
            return read.dropped(1, null);
        }
        long opens = now + policy.backoff().nanos(read.rejections().inARow(), random.getAsDouble());
        long notBefore = read.isBackingOff(opens) ? read.backoff().notBefore() : opens;
        return read.dropped(read.rejections().inARow() + 1, new BackoffState(read.failures(), failures.rejectedAgain(),
                read.failingSince(now), notBefore, notBefore, 0));
    }
}
