package io.quarkiverse.hume.runtime.token;

import java.time.Instant;

import io.quarkiverse.hume.HumeAuthenticationException;

/**
 * The public state of an account's token, without the token.
 *
 * @param present whether there is a token that has not expired
 * @param receivedAt when the token arrived; {@code null} if there is none. The same applies to {@code refreshAt} and {@code
 *        expiresAt}
 * @param refreshing whether a request is in progress
 * @param failures the number of consecutive failed requests
 * @param lastFailure the last failure; {@code null} if the last request succeeded or there was none
 * @param failingSince the time of the first failure since the last success; {@code null} without a last failure
 * @param retryAt when the next request is allowed after a failure; {@code null} if it is allowed now
 */
public record TokenStatus(boolean present, Instant receivedAt, Instant refreshAt, Instant expiresAt, boolean refreshing,
        int failures, HumeAuthenticationException lastFailure, Instant failingSince, Instant retryAt, boolean closed) {

    static TokenStatus of(TokenState state, long now, Instant wallClock) {
        CachedToken cached = state.cached();
        BackoffState backoff = state.backoff();
        return new TokenStatus(cached != null && cached.usable(now),
                cached != null ? wallClock.plusNanos(cached.receivedAt() - now) : null,
                cached != null ? wallClock.plusNanos(cached.refreshAt() - now) : null,
                cached != null ? cached.token().expiresAt() : null,
                state.pending() != null && state.pending().underWay(now), state.failures(),
                backoff != null ? backoff.failure() : null,
                backoff != null ? wallClock.plusNanos(backoff.since() - now) : null,
                state.isBackingOff(now) && !state.closed() ? wallClock.plusNanos(backoff.notBefore() - now) : null,
                state.closed());
    }
}
