package io.quarkiverse.hume.runtime.token;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.DoubleSupplier;

import io.quarkiverse.hume.AccessToken;
import io.quarkiverse.hume.HumeAuthenticationException;

/**
 * Keeps one account's access token: hands it out while it is valid, renews it before it expires, requests one at a time,
 * and backs off after failures.
 * <p>
 * All state is one immutable value in one atomic reference. No method blocks, and no lock is held while foreign code runs.
 */
public final class TokenKeeper {

    /** A provider with other keys at every question, all of them rejected, must not keep a request going for ever. */
    private static final int MAX_SUCCESSIONS = 3;

    private final AtomicReference<TokenState> state = new AtomicReference<>(TokenState.INITIAL);
    private final TokenFailures failures;
    private final TokenSource source;
    private final RefreshPolicy policy;
    private final TokenClock clock;
    private final TokenScheduler scheduler;
    private final DoubleSupplier random;
    private final TokenEvents events;

    /**
     * @param random in [0, 1), for jitter
     * @param listeners each is told, whatever the others do
     */
    public TokenKeeper(String account, TokenSource source, RefreshPolicy policy, TokenClock clock, TokenScheduler scheduler,
            DoubleSupplier random, TokenListener... listeners) {
        this.failures = new TokenFailures(account);
        this.source = source;
        this.policy = policy;
        this.clock = clock;
        this.scheduler = scheduler;
        this.random = random;
        this.events = new TokenEvents(List.of(listeners), clock);
    }

    /**
     * The token, if there is a valid one. With a fresh token this is one volatile read and one read of the clock. A stale
     * one is handed out too, and a request for the next is started.
     *
     * @return {@code null} if there is no valid token; then use {@link #get()}
     */
    public AccessToken current() {
        TokenState read = state.get();
        long now = clock.nanoTime();
        switch (read.freshness(now)) {
            case FRESH:
                return read.token;
            case STALE:
                if (read.mayStart(now)) {
                    start(read, now);
                }
                return read.token;
            default:
                return null;
        }
    }

    /**
     * The token, now or as soon as the one request for it ends.
     *
     * @return fails with a {@link HumeAuthenticationException}, never with anything else
     */
    public CompletionStage<AccessToken> get() {
        while (true) {
            AccessToken token = current();
            if (token != null) {
                return CompletableFuture.completedFuture(token);
            }
            TokenState read = state.get();
            long now = clock.nanoTime();
            if (read.freshness(now) != Freshness.EXPIRED) {
                continue; // The token arrived between the two reads.
            }
            CompletionStage<AccessToken> next = next(read, now);
            if (next != null) {
                return next;
            }
        }
    }

    /**
     * A token that lasts at least this long from now: the current one, or the next. The next one is handed out however long
     * it lasts, so that nobody asks for ever; of tokens that never last this long, each serves for the first half of its life.
     *
     * @return fails with a {@link HumeAuthenticationException}, never with anything else
     */
    public CompletionStage<AccessToken> get(Duration minimum) {
        while (true) {
            TokenState read = state.get();
            long now = clock.nanoTime();
            if (read.lasts(RefreshPolicy.nanos(minimum), now)) {
                return CompletableFuture.completedFuture(read.token);
            }
            CompletionStage<AccessToken> next = next(read, now);
            if (next != null) {
                return next;
            }
        }
    }

    /**
     * The next token, whatever the current one is: the result of the request under way, or of a new one.
     *
     * @return fails with a {@link HumeAuthenticationException}, never with anything else; at once while the gate is closed
     */
    public CompletionStage<AccessToken> renew() {
        CompletionStage<AccessToken> next;
        do {
            next = next(state.get(), clock.nanoTime());
        } while (next == null);
        return next;
    }

    /** The result of the one request for the next token. @return {@code null} if the caller has to look again */
    private CompletionStage<AccessToken> next(TokenState read, long now) {
        if (read.flight != null) {
            return read.flight.result.copy();
        }
        if (!read.mayStart(now)) {
            return CompletableFuture
                    .failedFuture(read.closed ? read.lastFailure : failures.backingOff(read, now, clock.now()));
        }
        Flight flight = start(read, now);
        return flight == null ? null : flight.result.copy();
    }

    /**
     * Says that the API answered 401 to this token. Drops it if it is the current one, and nothing else. Tokens that are
     * rejected as soon as they arrive, without one {@linkplain #accepted accepted} in between, close the gate, since another
     * one would fare no better.
     */
    public void reject(AccessToken token) {
        while (true) {
            TokenState read = state.get();
            if (read.token == null || !read.token.equals(token)) {
                return;
            }
            long now = clock.nanoTime();
            long age = now - read.receivedAt;
            boolean young = age < RefreshPolicy.youngAge(read.expiresAt - read.receivedAt);
            TokenState next = young && read.rejections > 0 ? rejectedAgain(read, now) : read.rejected();
            if (state.compareAndSet(read, next)) {
                events.tell(TokenListener::rejected);
                return;
            }
        }
    }

    /** Says that the API answered something else than 401 to this token: if it is rejected later, that is news. */
    public void accepted(AccessToken token) {
        TokenState read = state.get();
        while (read.rejections > 0 && token.equals(read.token) && !state.compareAndSet(read, read.accepted())) {
            read = state.get();
        }
    }

    /**
     * Says that the account has new credentials: requests a token with them. The old token stays in use until then. A
     * request with the old credentials that is under way is not waited for twice: its callers get the new one's result.
     */
    public void credentialsChanged() {
        while (true) {
            TokenState read = state.get();
            if (read.closed) {
                return;
            }
            TokenState next = read.credentialsChanged();
            if (!state.compareAndSet(read, next)) {
                continue;
            }
            if (next.flight == null && next.wanted) {
                start(next, clock.nanoTime());
            }
            return;
        }
    }

    /** Requests a token now unless one is on its way or the gate is closed. */
    public void acquire() {
        TokenState read = state.get();
        long now = clock.nanoTime();
        if (read.freshness(now) != Freshness.FRESH && read.mayStart(now)) {
            start(read, now);
        }
    }

    /**
     * To be called every second or so: renews a token that is due, and fetches one that was wanted before. Notices that the
     * process was suspended or the wall clock set: the token may then be older than it seems, and is renewed.
     */
    public void tick() {
        TokenState read = state.get();
        long now = clock.nanoTime();
        if (read.freshness(now) == Freshness.FRESH && read.drifted(now, clock.now())) {
            TokenState stale = read.stale(now);
            if (!state.compareAndSet(read, stale)) {
                return;
            }
            read = stale;
        }
        if (read.wanted && read.freshness(now) != Freshness.FRESH && read.mayStart(now)) {
            start(read, now);
        }
    }

    /** Abandons the request under way. Whoever waits for it, and all later callers, get a typed error. */
    public void close() {
        HumeAuthenticationException failure = failures.closed();
        long now = clock.nanoTime();
        TokenState last = state.getAndUpdate(read -> read.closed ? read : read.close(failure, now));
        if (last.flight != null) {
            last.flight.land(null, failure);
        }
    }

    public TokenStatus status() {
        return TokenStatus.of(state.get(), clock.nanoTime(), clock.now());
    }

    /** @return {@code null} if the state was no longer the one read; the caller looks again */
    private Flight start(TokenState read, long now) {
        Flight flight = new Flight(read.generation, now);
        if (!state.compareAndSet(read, read.started(flight))) {
            return null;
        }
        depart(flight);
        return flight;
    }

    private void depart(Flight flight) {
        CompletableFuture<AccessToken> request;
        try {
            request = Objects.requireNonNull(source.requestToken(), "the token source returned null");
        } catch (Throwable e) { // Errors too: a flight that never lands would be everybody's for ever.
            request = CompletableFuture.failedFuture(e);
        }
        Runnable deadline = scheduler.schedule(policy.timeout(), () -> land(flight, null, failures.timedOut(policy.timeout())));
        flight.departed(request, deadline);
        request.whenComplete((token, failure) -> land(flight, token, failure));
    }

    /** Whatever ends the flight first wins; what comes later finds another flight in the state and is dropped. */
    private void land(Flight flight, AccessToken token, Throwable failure) {
        while (true) {
            TokenState read = state.get();
            if (read.flight != flight) {
                return;
            }
            long now = clock.nanoTime();
            if (flight.generation != read.generation && flight.successions < MAX_SUCCESSIONS) {
                Flight next = flight.successor(read.generation, now);
                if (state.compareAndSet(read, read.started(next))) {
                    flight.land();
                    depart(next);
                    return;
                }
                continue;
            }
            HumeAuthenticationException problem = failure != null ? failures.typed(failure)
                    : failures.problemWith(token, clock.now());
            TokenState next = problem == null ? succeeded(read, token, now) : failed(read, problem, now);
            if (state.compareAndSet(read, next)) {
                flight.land(token, problem);
                events.landed(read, next, problem, Duration.ofNanos(now - flight.startedAt), now);
                return;
            }
        }
    }

    private TokenState succeeded(TokenState read, AccessToken token, long now) {
        long lifetime = RefreshPolicy.nanos(Duration.between(clock.now(), token.expiresAt()));
        long expiresAt = now + lifetime - RefreshPolicy.expiryMargin(lifetime);
        long refreshAt = now + lifetime - policy.refreshWindow(lifetime, random.getAsDouble());
        return read.succeeded(token, now, refreshAt, expiresAt);
    }

    private TokenState failed(TokenState read, HumeAuthenticationException failure, long now) {
        long wait = policy.backoff().nanos(read.failures + 1, random.getAsDouble());
        Instant demanded = failure.retryAt().orElse(null);
        if (demanded != null) {
            wait = Math.max(wait, RefreshPolicy.patience(Duration.between(clock.now(), demanded)));
        }
        return read.failed(failure, now + wait, now);
    }

    private TokenState rejectedAgain(TokenState read, long now) {
        return read.rejectedAgain(failures.rejectedAgain(),
                now + policy.backoff().nanos(read.rejections, random.getAsDouble()), now);
    }
}
