package io.quarkiverse.hume.runtime.token;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;

import io.quarkiverse.hume.AccessToken;
import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.runtime.token.CachedToken.Freshness;

/**
 * Keeps one account's access token: returns it while it is valid, renews it before it expires, sends one token request at a
 * time, and backs off after failures.
 * <p>
 * The whole state is one immutable value in one atomic reference. No method blocks, and no lock is held while code of
 * listeners, sources or callers runs.
 */
public final class TokenKeeper {

    private final AtomicReference<TokenState> state = new AtomicReference<>(TokenState.INITIAL);
    private final TokenFailures failures;
    private final TokenClock clock;
    private final TokenEvents events;
    private final TokenRequests requests;
    private final TokenAnswers answers;

    /** @param listeners each listener is notified, even if another one throws an exception */
    public TokenKeeper(String account, Source source, RefreshPolicy policy, TokenTiming timing, TokenListener... listeners) {
        this.failures = new TokenFailures(account);
        this.clock = timing.clock();
        this.events = new TokenEvents(List.of(listeners), clock);
        this.requests = new TokenRequests(state, failures, source, policy, timing, events);
        this.answers = new TokenAnswers(state, requests, events, clock, this::get);
    }

    /** Requests the tokens of one account. */
    @FunctionalInterface
    public interface Source {

        /**
         * Requests one token. Does not block. Cancelling the future cancels the request. The engine calls this only while no
         * earlier request is in progress.
         */
        CompletableFuture<AccessToken> requestToken();
    }

    /**
     * Returns the token if it is valid. For a fresh token, this takes one volatile read and one read of the clock. A stale
     * token is returned, too, and a request for the next one is started. Within the safety margin before its expiry, the token
     * is returned only if no newer one can be expected in time.
     *
     * @return {@code null} if there is no valid token or a newer one is preferred; then use {@link #get()}
     */
    public AccessToken current() {
        TokenState read = state.get();
        CachedToken cached = read.cached();
        if (cached == null) {
            return null;
        }
        long now = clock.nanoTime();
        Freshness freshness = cached.freshness(now);
        if (freshness == Freshness.FRESH) {
            return cached.token();
        }
        if (freshness == Freshness.EXPIRED || freshness == Freshness.ENDING && now - cached.waitUntil() < 0
                && (read.pending() != null || read.mayStart(now))) {
            return null;
        }
        if (read.mayStart(now)) {
            requests.start(read, now, RequestCause.NEED);
        }
        return cached.token();
    }

    /**
     * Returns the token, or waits for the single request for it. While no request is allowed because earlier ones failed, this
     * waits for the next request if it is due within {@link RefreshPolicy#maxWait()}.
     *
     * @return fails only with a {@link HumeAuthenticationException}, a new one for each caller; cancelling it ends the wait of
     *         this caller alone
     */
    public CompletionStage<AccessToken> get() {
        while (true) {
            AccessToken token = current();
            if (token != null) {
                return CompletableFuture.completedFuture(token);
            }
            TokenState read = state.get();
            long now = clock.nanoTime();
            Freshness freshness = read.freshness(now);
            if (freshness == Freshness.FRESH || freshness == Freshness.STALE) {
                continue; // The token arrived between the two reads.
            }
            CompletionStage<AccessToken> next = requests.next(read, now,
                    freshness == Freshness.ENDING ? read.cached() : null, read.cause());
            if (next != null) {
                return next;
            }
        }
    }

    /**
     * Returns the current token if it remains valid for at least this long; otherwise the next token. The next token is
     * returned regardless of its lifetime, so that no caller waits forever. A token whose whole lifetime is shorter is used
     * during the first half of it.
     *
     * @return fails only with a {@link HumeAuthenticationException}
     */
    public CompletionStage<AccessToken> get(Duration minimum) {
        return lasting(minimum, false);
    }

    /** Like {@link #get(Duration)}, but returns the current token instead of a failure if it has not expired. */
    public CompletionStage<AccessToken> preferLasting(Duration minimum) {
        return lasting(minimum, true);
    }

    private CompletionStage<AccessToken> lasting(Duration minimum, boolean currentRatherThanFailure) {
        while (true) {
            TokenState read = state.get();
            CachedToken cached = read.cached();
            long now = clock.nanoTime();
            if (cached != null && cached.lasts(RefreshPolicy.nanos(minimum), now)) {
                return CompletableFuture.completedFuture(cached.token());
            }
            boolean fallback = currentRatherThanFailure && cached != null && cached.usable(now);
            CompletionStage<AccessToken> next = requests.next(read, now, fallback ? cached : null, read.cause());
            if (next != null) {
                return next;
            }
        }
    }

    /**
     * Returns the next token, regardless of the current one: the result of the request in progress, or of a new request.
     *
     * @return fails only with a {@link HumeAuthenticationException}, which happens at once while no request is allowed
     */
    public CompletionStage<AccessToken> renew() {
        while (true) {
            TokenState read = state.get();
            long now = clock.nanoTime();
            if (read.pending() == null && !read.mayStart(now)) {
                return CompletableFuture.failedFuture(failures.notAllowedYet(read, now, clock.now()));
            }
            CompletionStage<AccessToken> next = requests.next(read, now, null, RequestCause.NEED);
            if (next != null) {
                return next;
            }
        }
    }

    /** Whether a request for a newer token is in progress or due. */
    public boolean renewing() {
        return state.get().pending() != null;
    }

    /**
     * Returns the newer token if it is being requested, or the current token if that request fails; otherwise the same as
     * {@link #get()}.
     */
    public CompletionStage<AccessToken> next() {
        TokenState read = state.get();
        long now = clock.nanoTime();
        return read.pending() == null ? get()
                : requests.next(read, now, read.cached() != null && read.cached().usable(now) ? read.cached() : null,
                        RequestCause.NEED);
    }

    /**
     * Reports that Hume answered 401 to this token. A token that Hume has accepted before stays in use until a newer one has
     * been requested, which happens at most once in an interval that grows. A token that Hume has not accepted yet is dropped
     * at once. If this happens to a second token in a row, a back-off begins: until it ends, callers get the last token, which
     * other APIs may accept. Reports for a token other than the current one have no effect.
     */
    public void reject(AccessToken token) {
        answers.rejected(token.authorization());
    }

    /**
     * Reports that Hume answered 401 to a call with this token, like {@link #reject}, and returns the token for the retry.
     *
     * @param authorization the value of the header
     * @return another token, now or when the request for it ends; {@code null} if there is no other token and none may be
     *         requested now; fails with a {@link HumeAuthenticationException}
     */
    public CompletionStage<AccessToken> replacement(String authorization) {
        return answers.replacement(authorization);
    }

    /**
     * Reports that Hume answered 403 to a handshake with this token, which does not invalidate it, and returns a newer one.
     *
     * @return never fails; {@code null} if there is no newer token and none can be requested now
     */
    public CompletionStage<AccessToken> newer(String authorization) {
        return answers.newer(authorization);
    }

    /** Reports that Hume answered a request with this token with a status other than 401. */
    public void accepted(AccessToken token) {
        answers.accepted(token.authorization());
    }

    /**
     * Like {@link #accepted(AccessToken)}. For a token that was accepted before, this takes one volatile read and a comparison.
     */
    public void accepted(String authorization) {
        answers.accepted(authorization);
    }

    /**
     * Reports that a call that was rejected with another token succeeded when it was retried with this one. The rejection was
     * justified, so the interval until the next renewal does not grow because of it.
     */
    public void recovered(String authorization) {
        answers.recovered(authorization);
    }

    /**
     * Reports that the account has new credentials, and requests a token with them. The old token stays in use until the new
     * one arrives. If a request with the old credentials is in progress, a request with the new credentials follows, and the
     * waiting callers get its result.
     */
    public void credentialsChanged() {
        while (true) {
            TokenState read = state.get();
            if (read.closed()) {
                return;
            }
            TokenState next = read.credentialsChanged();
            if (!state.compareAndSet(read, next)) {
                continue;
            }
            if (next.pending() != null) {
                requests.replaceIfUnsent(next.pending());
            } else if (next.wanted()) {
                requests.start(next, clock.nanoTime(), RequestCause.NEED);
            }
            return;
        }
    }

    /** Requests a token now, unless a request is in progress or the back-off has not ended. */
    public void acquire() {
        TokenState read = state.get();
        long now = clock.nanoTime();
        if (read.freshness(now) != Freshness.FRESH && read.mayStart(now)) {
            requests.start(read, now, read.cause());
        }
    }

    /**
     * Must be called about every second. Renews a token that is due, and requests a token if there is none and callers have
     * needed one before. If the process was suspended or the wall clock was set, the token may be older than the monotonic
     * clock shows, and is renewed.
     */
    public void tick() {
        TokenState read = state.get();
        long now = clock.nanoTime();
        if (read.freshness(now) == Freshness.FRESH && read.cached().drifted(now, clock.now())) {
            TokenState stale = read.stale(now);
            if (!state.compareAndSet(read, stale)) {
                return;
            }
            read = stale;
        }
        if (read.wanted() && read.freshness(now) != Freshness.FRESH && read.mayStart(now)) {
            requests.start(read, now, read.cause());
        }
    }

    /** Cancels the request in progress. Waiting callers and all later callers get a {@link HumeAuthenticationException}. */
    public void close() {
        HumeAuthenticationException failure = failures.closed();
        long now = clock.nanoTime();
        TokenState last = state.getAndUpdate(read -> read.closed() ? read : read.close(failure, now));
        if (last.pending() != null) {
            last.pending().end(events::problem);
            last.pending().waiters.end(null, failure, now);
        }
    }

    public TokenStatus status() {
        return TokenStatus.of(state.get(), clock.nanoTime(), clock.now());
    }
}
