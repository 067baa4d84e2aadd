package io.quarkiverse.hume.runtime.token;

import java.time.Duration;
import java.time.Instant;

import io.quarkiverse.hume.AccessToken;
import io.quarkiverse.hume.HumeAuthenticationException;

/**
 * All there is to know about an account's token at one moment. Immutable; every transition is a method that returns the
 * next state. Times are monotonic nanoseconds and are compared by difference.
 */
final class TokenState {

    /** The wall clock running ahead of the monotonic one by more than this means a suspended process or a jump. */
    private static final Duration MAX_DRIFT = Duration.ofSeconds(5);

    static final TokenState INITIAL = new TokenState(null, 0, 0, 0, null, 0, 0, 0, null, 0, 0, false, false);

    /** {@code null}: no token. The next three are read only with a token. */
    final AccessToken token;
    final long receivedAt;
    final long refreshAt;
    final long expiresAt;

    /** {@code null}: no request under way. */
    final Flight flight;

    /** Failed requests in a row. */
    final int failures;

    /** Tokens in a row that were rejected soon after they arrived, without one accepted in between. */
    final int rejections;

    /** No request starts before this moment; read only with a last failure. */
    final long notBefore;
    final HumeAuthenticationException lastFailure;

    /** When that began of which the last failure is the end so far; read only with a last failure. */
    final long failingSince;

    /** Counts the changes of credentials. */
    final int generation;

    /** Whether a token was ever asked for: from then on it is kept fresh. */
    final boolean wanted;
    final boolean closed;

    private TokenState(AccessToken token, long receivedAt, long refreshAt, long expiresAt, Flight flight, int failures,
            int rejections, long notBefore, HumeAuthenticationException lastFailure, long failingSince, int generation,
            boolean wanted, boolean closed) {
        this.token = token;
        this.receivedAt = receivedAt;
        this.refreshAt = refreshAt;
        this.expiresAt = expiresAt;
        this.flight = flight;
        this.failures = failures;
        this.rejections = rejections;
        this.notBefore = notBefore;
        this.lastFailure = lastFailure;
        this.failingSince = failingSince;
        this.generation = generation;
        this.wanted = wanted;
        this.closed = closed;
    }

    Freshness freshness(long now) {
        if (token == null || now - expiresAt >= 0) {
            return Freshness.EXPIRED;
        }
        return now - refreshAt < 0 ? Freshness.FRESH : Freshness.STALE;
    }

    /**
     * Whether the token is good for so much longer. A token that lasted less when it arrived is, for the first half of its
     * life.
     *
     * @param minimum in nanoseconds
     */
    boolean lasts(long minimum, long now) {
        if (freshness(now) == Freshness.EXPIRED) {
            return false;
        }
        long lifetime = expiresAt - receivedAt;
        long required = minimum < lifetime ? minimum : lifetime / 2;
        return expiresAt - now >= required;
    }

    /** Whether the token may be older than it seems; asked only with a token. */
    boolean drifted(long now, Instant wallClock) {
        Duration byWallClock = Duration.between(wallClock, token.expiresAt());
        return byWallClock.plus(MAX_DRIFT).compareTo(Duration.ofNanos(expiresAt - now)) < 0;
    }

    boolean gateClosed(long now) {
        return lastFailure != null && now - notBefore < 0;
    }

    boolean mayStart(long now) {
        return flight == null && !closed && !gateClosed(now);
    }

    TokenState started(Flight started) {
        return new TokenState(token, receivedAt, refreshAt, expiresAt, started, failures, rejections, notBefore, lastFailure,
                failingSince, generation, true, closed);
    }

    TokenState succeeded(AccessToken newToken, long now, long newRefreshAt, long newExpiresAt) {
        return new TokenState(newToken, now, newRefreshAt, newExpiresAt, null, 0, rejections, 0, null, 0, generation,
                wanted, closed);
    }

    /** A live token stays. */
    TokenState failed(HumeAuthenticationException failure, long newNotBefore, long now) {
        return new TokenState(token, receivedAt, refreshAt, expiresAt, null, failures + 1, rejections, newNotBefore, failure,
                since(now), generation, wanted, closed);
    }

    /** The gate stays as it is. */
    TokenState rejected() {
        return new TokenState(null, 0, 0, 0, flight, failures, 1, notBefore, lastFailure, failingSince, generation, wanted,
                closed);
    }

    /** A gate that is closed for longer stays so. */
    TokenState rejectedAgain(HumeAuthenticationException failure, long newNotBefore, long now) {
        long later = gateClosed(newNotBefore) ? notBefore : newNotBefore;
        return new TokenState(null, 0, 0, 0, flight, failures, rejections + 1, later, failure, since(now), generation, wanted,
                closed);
    }

    TokenState accepted() {
        return new TokenState(token, receivedAt, refreshAt, expiresAt, flight, failures, 0, notBefore, lastFailure,
                failingSince, generation, wanted, closed);
    }

    /** What failed for the old credentials says nothing about the new ones. */
    TokenState credentialsChanged() {
        return new TokenState(token, receivedAt, refreshAt, expiresAt, flight, 0, 0, 0, null, 0, generation + 1, wanted,
                closed);
    }

    TokenState stale(long now) {
        return new TokenState(token, receivedAt, now, expiresAt, flight, failures, rejections, notBefore, lastFailure,
                failingSince, generation, wanted, closed);
    }

    TokenState close(HumeAuthenticationException failure, long now) {
        return new TokenState(null, 0, 0, 0, null, failures, rejections, 0, failure, since(now), generation, wanted, true);
    }

    private long since(long now) {
        return lastFailure == null ? now : failingSince;
    }
}
