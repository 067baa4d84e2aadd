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
     * The maximum number of flights that replace each other. If a provider returns different keys for every call, and all are
     * rejected, the flights must not continue forever.
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
     * Returns the result of the flight in progress, or of a new one. While the gate is closed, returns the result of the next
     * flight if it is due soon enough.
     *
     * @param fallback the token that the caller gets instead of a failure; {@code null} if there is none
     * @param afterRejection whether the request replaces a token that Hume rejected
     * @return {@code null} if the state has changed, so the caller has to read it again
     */
    CompletionStage<AccessToken> next(TokenState read, long now, Held fallback, boolean afterRejection) {
        if (read.flight() != null) {
            return join(read.flight(), fallback, now);
        }
        if (read.mayStart(now)) {
            Flight flight = start(read, now, afterRejection);
            return flight == null ? null : join(flight, fallback, now);
        }
        if (fallback != null) {
            return CompletableFuture.completedFuture(fallback.token());
        }
        Held lastRejected = read.lastRejected(now);
        if (lastRejected != null) {
            return CompletableFuture.completedFuture(lastRejected.token());
        }
        if (waits(read, now)) {
            return schedule(read, now, afterRejection);
        }
        return refuse(read, now);
    }

    /** Whether a caller without a token waits until the next request is allowed. */
    private boolean waits(TokenState read, long now) {
        return !read.closed() && !read.hopeless() && read.due(now) - now <= RefreshPolicy.nanos(policy.maxWait());
    }

    /** Fails at once. Because a caller needed a token and got none, the gate opens earlier from now on. */
    private CompletionStage<AccessToken> refuse(TokenState read, long now) {
        TokenState next = read;
        if (!read.closed() && read.trouble() != null && read.trouble().due(now) != read.trouble().notBefore()) {
            next = read.gateOpensAt(read.trouble().due(now));
            if (!state.compareAndSet(read, next)) {
                return null;
            }
        }
        return CompletableFuture.failedFuture(failures.refused(next, now, clock.now()));
    }

    /** @return {@code null} if the state has changed since it was read */
    Flight start(TokenState read, long now, boolean afterRejection) {
        Flight flight = new Flight(read.generation(), now, now + RefreshPolicy.nanos(policy.timeout()), afterRejection);
        if (!state.compareAndSet(read, read.started(flight))) {
            return null;
        }
        reportRejection(read, afterRejection);
        send(flight);
        return flight;
    }

    /** Schedules a flight for the time at which the next request is allowed. Its callers wait until it ends. */
    private CompletionStage<AccessToken> schedule(TokenState read, long now, boolean afterRejection) {
        long due = read.due(now);
        Flight flight = new Flight(read.generation(), due, due + RefreshPolicy.nanos(policy.timeout()), afterRejection);
        if (!state.compareAndSet(read, read.scheduled(flight, due))) {
            return null;
        }
        reportRejection(read, afterRejection);
        try {
            flight.whenEnded(scheduler.schedule(Duration.ofNanos(due - now), () -> {
                if (state.get().flight() == flight) {
                    send(flight);
                }
            }));
        } catch (Throwable e) { // Errors are caught as well: the flight would never end.
            complete(flight, null, e);
        }
        return join(flight, null, now);
    }

    /** Reports that a token was rejected, unless it was dropped: that was reported at that time. */
    private void reportRejection(TokenState read, boolean afterRejection) {
        if (afterRejection && read.held() != null) {
            events.notify(TokenListener::rejected);
        }
    }

    private CompletionStage<AccessToken> join(Flight flight, Held fallback, long now) {
        if (fallback != null && now - fallback.waitUntil() >= 0) {
            return CompletableFuture.completedFuture(fallback.token());
        }
        CompletionStage<AccessToken> result = flight.waiters.join(fallback);
        if (fallback != null && flight.waiters.mustBeReleased()) {
            try {
                Duration left = Duration.ofNanos(fallback.waitUntil() - now);
                if (!flight.whenEnded(scheduler.schedule(left, flight.waiters::release))) {
                    // The flight was replaced after the state was read. The timer is cancelled, and the callers wait for the
                    // successor.
                    flight.waiters.release();
                }
            } catch (Throwable e) { // The callers have a token, so they must not fail with this exception.
                events.problem(e);
                flight.waiters.release();
            }
        }
        return result;
    }

    private void send(Flight flight) {
        if (!flight.claim()) {
            return;
        }
        try {
            Duration left = Duration.ofNanos(Math.max(0, flight.deadline - clock.nanoTime()));
            flight.whenEnded(scheduler.schedule(left, () -> complete(flight, null, failures.timedOut(policy.timeout()))));
            CompletableFuture<AccessToken> request = Objects.requireNonNull(source.requestToken(),
                    "the token source returned null");
            flight.whenEnded(() -> request.cancel(true));
            request.whenComplete((token, failure) -> complete(flight, token, failure));
        } catch (Throwable e) { // Errors are caught as well, including those of the scheduler.
            complete(flight, null, e);
        }
    }

    /**
     * Called when there are new credentials. If the flight has not been sent yet, a flight with the new credentials replaces it
     * now.
     */
    void replaceIfUnsent(Flight flight) {
        if (flight.claim()) {
            complete(flight, null, null);
        }
    }

    /**
     * Completes the flight. The first call for a flight determines its result; later calls find another flight in the state and
     * have no effect.
     */
    private void complete(Flight flight, AccessToken token, Throwable failure) {
        while (true) {
            TokenState read = state.get();
            if (read.flight() != flight) {
                return;
            }
            long now = clock.nanoTime();
            if (flight.generation != read.generation() && flight.successions < MAX_SUCCESSIONS
                    && now - flight.deadline < 0) {
                Flight next = flight.successor(read.generation(), now);
                if (state.compareAndSet(read, read.started(next))) {
                    flight.end(events::problem);
                    // The timer that would have released the callers ended with the flight.
                    flight.waiters.release();
                    send(next);
                    return;
                }
                continue;
            }
            HumeAuthenticationException problem = failure != null ? failures.typed(failure)
                    : failures.problemWith(token, clock.now().minusNanos(onTheWay(flight, now)));
            TokenState next = problem == null ? succeeded(read, flight, token, now) : failed(read, problem, now);
            if (state.compareAndSet(read, next)) {
                flight.end(events::problem);
                flight.waiters.end(token, problem, now);
                events.ended(read, next, problem, Duration.ofNanos(now - flight.startsAt), now);
                if (problem == null && next.held().shortLived() && read.followsShortLived()) {
                    events.notify(listener -> listener.shortLived(Duration.ofNanos(next.held().lifetime())));
                }
                if (problem == null && flight.afterRejection && next.rejections().renewals() == Rejections.PERSISTENT) {
                    Instant nextRenewal = clock.now().plusNanos(next.rejections().nextRenewal() - now);
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
    private static long onTheWay(Flight flight, long now) {
        return Math.min(Math.max(0, now - flight.startsAt), RefreshPolicy.MAX_ON_THE_WAY);
    }

    private TokenState succeeded(TokenState read, Flight flight, AccessToken token, long now) {
        long lifetime = Math.max(0, RefreshPolicy.nanos(Duration.between(clock.now(), token.expiresAt())));
        Held arrived = new Held(token, now, now + lifetime - policy.refreshWindow(lifetime, random.getAsDouble()),
                now + lifetime - RefreshPolicy.expiryMargin(lifetime), now + lifetime,
                read.followsShortLived() ? RefreshPolicy.renewableFrom(flight.startsAt, now, lifetime) : now, false);
        return read.succeeded(arrived, flight.afterRejection
                ? read.rejections().renewed(policy.rejectionInterval(), now, random.getAsDouble())
                : Rejections.NONE);
    }

    private TokenState failed(TokenState read, HumeAuthenticationException failure, long now) {
        int count = read.failures() + 1;
        long wait = policy.backoff().nanos(count, random.getAsDouble());
        Instant demanded = failure.retryAt().orElse(null);
        long retryAfter = demanded == null ? 0 : RefreshPolicy.retryAfter(Duration.between(clock.now(), demanded));
        long notBefore = now + Math.max(wait, retryAfter);
        return read.failed(new Trouble(count, failure, read.failingSince(now), notBefore,
                Trouble.hopeless(failure) ? notBefore : now + retryAfter, policy.demandWait(random.getAsDouble())));
    }

    /**
     * A token that Hume never accepted was rejected. If this happens to a second token in a row, the gate closes, because a
     * third token would be rejected, too.
     */
    TokenState dropped(TokenState read, long now) {
        if (!read.held().young(now) || read.rejections().inARow() == 0) {
            return read.dropped(1, null);
        }
        long opens = now + policy.backoff().nanos(read.rejections().inARow(), random.getAsDouble());
        long notBefore = read.gateClosed(opens) ? read.trouble().notBefore() : opens;
        return read.dropped(read.rejections().inARow() + 1, new Trouble(read.failures(), failures.rejectedAgain(),
                read.failingSince(now), notBefore, notBefore, 0));
    }
}
