package io.quarkiverse.hume.runtime.token;

import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.HumeAuthenticationException.Reason;
import io.quarkiverse.hume.runtime.token.Held.Freshness;

/**
 * The state of an account's token. Immutable; every transition is a method that returns the next state.
 *
 * @param held the current token; {@code null} if there is none
 * @param dropped the token that was last dropped because of a rejection. Other calls may still succeed with it. {@code null} if
 *        there is none, or if Hume has accepted a token since
 * @param flight the request that is in progress or due; {@code null} if there is none
 * @param trouble the state after failures; {@code null} if the last request succeeded or there was none
 * @param generation the number of changes of the credentials
 * @param wanted whether a token was ever requested. From then on, it is renewed before it expires
 */
record TokenState(Held held, Held dropped, Flight flight, Trouble trouble, Rejections rejections, int generation,
        boolean wanted, boolean closed) {

    static final TokenState INITIAL = new TokenState(null, null, null, null, Rejections.NONE, 0, false, false);

    Freshness freshness(long now) {
        return held == null ? Freshness.EXPIRED : held.freshness(now);
    }

    /** Whether this value of the header {@code Authorization} contains the current token. */
    boolean holds(String authorization) {
        return held != null && held.is(authorization);
    }

    boolean gateClosed(long now) {
        return trouble != null && trouble.gateClosed(now);
    }

    boolean mayStart(long now) {
        return flight == null && !closed && (trouble == null ? renewable(now) : !trouble.gateClosed(now));
    }

    /**
     * Whether the last token, even if it was dropped, allows the next request. Used only if there were no failures; otherwise
     * the gate decides.
     */
    private boolean renewable(long now) {
        Held last = last();
        return last == null || last.renewable(now);
    }

    /**
     * Whether the last token was short-lived. A single short-lived token is no sign of a mistake: an endpoint that returns the
     * same token to several clients states its remaining lifetime.
     */
    boolean followsShortLived() {
        Held last = last();
        return last != null && last.shortLived();
    }

    private Held last() {
        return held != null ? held : dropped;
    }

    /** When the next request is allowed for a caller who has no token. Must be called only while no request is allowed. */
    long due(long now) {
        return trouble != null ? trouble.due(now) : last().renewableFrom();
    }

    boolean hopeless() {
        return trouble != null && trouble.hopeless();
    }

    /**
     * Returns the token that was rejected last, while no other token may be requested because consecutive tokens were rejected.
     * Another API may still accept it.
     *
     * @return {@code null} if there is none
     */
    Held lastRejected(long now) {
        return held == null && dropped != null && dropped.usable(now) && gateClosed(now) && flight == null
                && trouble.failure().reason() == Reason.TOKEN_REJECTED ? dropped : null;
    }

    int failures() {
        return trouble == null ? 0 : trouble.failures();
    }

    long failingSince(long now) {
        return trouble == null ? now : trouble.since();
    }

    /** Whether the next request replaces a token that was rejected. */
    boolean replacesRejected() {
        return held == null && rejections.inARow() > 0;
    }

    TokenState started(Flight started) {
        return new TokenState(held, dropped, started, trouble, rejections, generation, true, closed);
    }

    /** A flight was scheduled for the time at which the next request is allowed. */
    TokenState scheduled(Flight scheduled, long due) {
        return new TokenState(held, dropped, scheduled, trouble == null ? null : trouble.withGate(due), rejections, generation,
                true, closed);
    }

    TokenState gateOpensAt(long due) {
        return new TokenState(held, dropped, flight, trouble.withGate(due), rejections, generation, wanted, closed);
    }

    /**
     * A token arrived. If Hume has accepted the previous token, the new one counts as accepted, so that a single rejected call
     * does not drop it.
     */
    TokenState succeeded(Held arrived, Rejections next) {
        boolean accepted = held != null && held.accepted();
        return new TokenState(accepted ? arrived.asAccepted() : arrived, accepted ? null : dropped, null, null, next,
                generation,
                wanted, closed);
    }

    /** A request failed. A valid token stays in use. */
    TokenState failed(Trouble next) {
        return new TokenState(held, dropped, null, next, rejections, generation, wanted, closed);
    }

    /**
     * The current token was rejected before Hume had accepted it, and is dropped.
     *
     * @param next the new state of the gate; {@code null} if it does not change
     */
    TokenState dropped(int inARow, Trouble next) {
        return new TokenState(null, held, flight, next == null ? trouble : next, rejections.inARow(inARow), generation, wanted,
                closed);
    }

    /** @return the same object if nothing changes */
    TokenState recovered(String authorization) {
        Rejections next = rejections.asJustified();
        return next == rejections || !holds(authorization) ? this
                : new TokenState(held, dropped, flight, trouble, next, generation, wanted, closed);
    }

    /**
     * @param clock read only if the token was dropped
     * @return the same object if nothing changes, which is the usual case
     */
    TokenState accepted(String authorization, TokenClock clock) {
        if (holds(authorization)) {
            return held.accepted() && rejections.inARow() == 0 ? this
                    : new TokenState(held.asAccepted(), null, flight, trouble, rejections.inARow(0), generation, wanted,
                            closed);
        }
        // The token was dropped because of one rejection, but Hume accepted it for another call.
        return dropped != null && dropped.is(authorization) && dropped.usable(clock.nanoTime())
                ? new TokenState(dropped.asAccepted(), null, flight, trouble, rejections.inARow(0), generation, wanted, closed)
                : this;
    }

    /** The credentials have changed. Failures of the old credentials do not apply to the new ones. */
    TokenState credentialsChanged() {
        return new TokenState(held, null, flight, null, Rejections.NONE, generation + 1, wanted, closed);
    }

    TokenState stale(long now) {
        return new TokenState(held.stale(now), dropped, flight, trouble, rejections, generation, wanted, closed);
    }

    TokenState close(HumeAuthenticationException failure, long now) {
        return new TokenState(null, null, null, new Trouble(failures(), failure, failingSince(now), now, now, 0), rejections,
                generation, wanted, true);
    }
}
