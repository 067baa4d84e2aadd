package io.quarkiverse.hume.runtime.token;

import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.HumeAuthenticationException.Reason;
import io.quarkiverse.hume.runtime.token.CachedToken.Freshness;

/**
 * The state of an account's token. Immutable; every transition is a method that returns the next state.
 *
 * @param cached the current token; {@code null} if there is none
 * @param dropped the token that was last dropped because of a rejection. Other calls may still succeed with it. {@code null} if
 *        there is none, or if Hume has accepted a token since
 * @param pending the request that is in progress or due; {@code null} if there is none
 * @param backoff the state after failures; {@code null} if the last request succeeded or there was none
 * @param earlierFailures the number of failures, since the last token arrived, of requests with credentials that have been
 *        replaced since. They do not count for the back-off
 * @param generation the number of changes of the credentials
 * @param wanted whether a token was ever requested. From then on, it is renewed before it expires
 */
record TokenState(CachedToken cached, CachedToken dropped, PendingRequest pending, BackoffState backoff, Rejections rejections,
        int earlierFailures, int generation, boolean wanted, boolean closed) {

    static final TokenState INITIAL = new TokenState(null, null, null, null, Rejections.NONE, 0, 0, false, false);

    Freshness freshness(long now) {
        return cached == null ? Freshness.EXPIRED : cached.freshness(now);
    }

    /** Whether this value of the header {@code Authorization} contains the current token. */
    boolean isCurrent(String authorization) {
        return cached != null && cached.is(authorization);
    }

    boolean isBackingOff(long now) {
        return backoff != null && backoff.isBackingOff(now);
    }

    boolean mayStart(long now) {
        return pending == null && !closed && (backoff == null ? renewable(now) : !backoff.isBackingOff(now));
    }

    /**
     * Whether the last token, even if it was dropped, allows the next request. Used only if there were no failures; otherwise
     * the back-off decides.
     */
    private boolean renewable(long now) {
        CachedToken last = last();
        return last == null || last.renewable(now);
    }

    /**
     * Whether the last token was short-lived. A single short-lived token is no sign of a mistake: an endpoint that returns the
     * same token to several clients states its remaining lifetime.
     */
    boolean followsShortLived() {
        CachedToken last = last();
        return last != null && last.shortLived();
    }

    private CachedToken last() {
        return cached != null ? cached : dropped;
    }

    /** When the next request is allowed for a caller who has no token. Must be called only while no request is allowed. */
    long due(long now) {
        return backoff != null ? backoff.due(now) : last().renewableFrom();
    }

    boolean isUnrecoverable() {
        return backoff != null && backoff.isUnrecoverable();
    }

    /**
     * Returns the token that was rejected last, while no other token may be requested because consecutive tokens were rejected.
     * Another API may still accept it.
     *
     * @return {@code null} if there is none
     */
    CachedToken lastRejected(long now) {
        return cached == null && dropped != null && dropped.usable(now) && isBackingOff(now) && pending == null
                && backoff.failure().reason() == Reason.TOKEN_REJECTED ? dropped : null;
    }

    int failures() {
        return backoff == null ? 0 : backoff.failures();
    }

    /** The number of failures since the last token arrived, with any credentials. */
    int allFailures() {
        return earlierFailures + failures();
    }

    long failingSince(long now) {
        return backoff == null ? now : backoff.since();
    }

    /** The reason for the next request, which may replace a token that was dropped after a rejection. */
    RequestCause cause() {
        return cached == null && rejections.inARow() > 0 ? RequestCause.UNAUTHORIZED : RequestCause.NEED;
    }

    TokenState started(PendingRequest started) {
        return new TokenState(cached, dropped, started, backoff, rejections, earlierFailures, generation, true, closed);
    }

    /** A request was scheduled for the time at which the next request is allowed. */
    TokenState scheduled(PendingRequest scheduled, long due) {
        return new TokenState(cached, dropped, scheduled, backoff == null ? null : backoff.withNotBefore(due), rejections,
                earlierFailures, generation, true, closed);
    }

    TokenState withNotBefore(long due) {
        return new TokenState(cached, dropped, pending, backoff.withNotBefore(due), rejections, earlierFailures, generation,
                wanted, closed);
    }

    /**
     * A token arrived. If Hume has accepted the previous token, the new one counts as accepted, so that a single rejected call
     * does not drop it.
     */
    TokenState succeeded(CachedToken arrived, Rejections next) {
        boolean accepted = cached != null && cached.accepted();
        return new TokenState(accepted ? arrived.asAccepted() : arrived, accepted ? null : dropped, null, null, next, 0,
                generation, wanted, closed);
    }

    /** A request failed. A valid token stays in use. */
    TokenState failed(BackoffState next) {
        return new TokenState(cached, dropped, null, next, rejections, earlierFailures, generation, wanted, closed);
    }

    /**
     * The current token was rejected before Hume had accepted it, and is dropped.
     *
     * @param next the new back-off; {@code null} if it does not change
     */
    TokenState dropped(int inARow, BackoffState next) {
        return new TokenState(null, cached, pending, next == null ? backoff : next, rejections.inARow(inARow), earlierFailures,
                generation, wanted, closed);
    }

    /** @return the same object if nothing changes */
    TokenState recovered(String authorization) {
        Rejections next = rejections.asJustified();
        return next == rejections || !isCurrent(authorization) ? this
                : new TokenState(cached, dropped, pending, backoff, next, earlierFailures, generation, wanted, closed);
    }

    /**
     * @param clock read only if the token was dropped
     * @return the same object if nothing changes, which is the usual case
     */
    TokenState accepted(String authorization, TokenClock clock) {
        if (isCurrent(authorization)) {
            return cached.accepted() && rejections.inARow() == 0 ? this
                    : new TokenState(cached.asAccepted(), null, pending, backoff, rejections.inARow(0), earlierFailures,
                            generation, wanted, closed);
        }
        // The token was dropped because of one rejection, but Hume accepted it for another call.
        return dropped != null && dropped.is(authorization) && dropped.usable(clock.nanoTime())
                ? new TokenState(dropped.asAccepted(), null, pending, backoff, rejections.inARow(0), earlierFailures,
                        generation, wanted, closed)
                : this;
    }

    /** The credentials have changed. Failures of the old credentials do not apply to the new ones. */
    TokenState credentialsChanged() {
        return new TokenState(cached, null, pending, null, Rejections.NONE, allFailures(), generation + 1, wanted, closed);
    }

    TokenState stale(long now) {
        return new TokenState(cached.stale(now), dropped, pending, backoff, rejections, earlierFailures, generation, wanted,
                closed);
    }

    TokenState close(HumeAuthenticationException failure, long now) {
        return new TokenState(null, null, null, new BackoffState(failures(), failure, failingSince(now), now, now, 0),
                rejections, earlierFailures, generation, wanted, true);
    }
}
