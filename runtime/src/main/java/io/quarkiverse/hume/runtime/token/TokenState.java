package io.quarkiverse.hume.runtime.token;

import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.HumeAuthenticationException.Reason;
import io.quarkiverse.hume.runtime.token.Held.Freshness;

/**
 * The state of an account's token. Immutable; every transition is a method that returns the next state.
 *
 * @param held {@code null}: no token
 * @param dropped the token that was dropped last because of a rejection, which may turn out to be good for other calls;
 *        {@code null} if there is none, and as soon as Hume has accepted a token
 * @param flight {@code null}: no request under way or due
 * @param trouble {@code null}: the last request succeeded, or there was none
 * @param generation counts the changes of credentials
 * @param wanted whether a token was ever asked for: from then on it is kept fresh
 */
record TokenState(Held held, Held dropped, Flight flight, Trouble trouble, Rejections rejections, int generation,
        boolean wanted, boolean closed) {

    static final TokenState INITIAL = new TokenState(null, null, null, null, Rejections.NONE, 0, false, false);

    Freshness freshness(long now) {
        return held == null ? Freshness.EXPIRED : held.freshness(now);
    }

    /** Whether the token held is the one that requests with this header carry. */
    boolean holds(String authorization) {
        return held != null && held.is(authorization);
    }

    boolean gateClosed(long now) {
        return trouble != null && trouble.gateClosed(now);
    }

    boolean mayStart(long now) {
        return flight == null && !closed && (trouble == null ? renewable(now) : !trouble.gateClosed(now));
    }

    /** After failures the gate decides, otherwise the token that came last, also if it was dropped. */
    private boolean renewable(long now) {
        Held last = last();
        return last == null || last.renewable(now);
    }

    /**
     * Whether the token that came last was short-lived. One alone says little: an endpoint that hands out the same token to
     * many states what is left of it.
     */
    boolean followsShortLived() {
        Held last = last();
        return last != null && last.shortLived();
    }

    private Held last() {
        return held != null ? held : dropped;
    }

    /** When the next request is allowed for a caller who has no token now, at a moment at which none is. */
    long due(long now) {
        return trouble != null ? trouble.due(now) : last().renewableFrom();
    }

    boolean hopeless() {
        return trouble != null && trouble.hopeless();
    }

    /**
     * The token that was rejected last, while no other may be requested because tokens are rejected one after the other. It
     * may still be good for a call to another API.
     *
     * @return {@code null} if there is none
     */
    Held doubted(long now) {
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

    /** The flight starts when the next request is allowed. */
    TokenState scheduled(Flight scheduled, long due) {
        return new TokenState(held, dropped, scheduled, trouble == null ? null : trouble.withGate(due), rejections, generation,
                true, closed);
    }

    TokenState gateOpensAt(long due) {
        return new TokenState(held, dropped, flight, trouble.withGate(due), rejections, generation, wanted, closed);
    }

    /** If Hume has accepted earlier tokens, the new one is not dropped because one call is rejected. */
    TokenState succeeded(Held arrived, Rejections next) {
        boolean accepted = held != null && held.accepted();
        return new TokenState(accepted ? arrived.asAccepted() : arrived, accepted ? null : dropped, null, null, next,
                generation,
                wanted, closed);
    }

    /** A valid token stays in use. */
    TokenState failed(Trouble next) {
        return new TokenState(held, dropped, null, next, rejections, generation, wanted, closed);
    }

    /**
     * The token held was rejected before Hume accepted it once: it is dropped.
     *
     * @param next {@code null} to leave the gate as it is
     */
    TokenState dropped(int inARow, Trouble next) {
        return new TokenState(null, held, flight, next == null ? trouble : next, rejections.inARow(inARow), generation, wanted,
                closed);
    }

    /** @return this very state if nothing changes */
    TokenState recovered(String authorization) {
        Rejections next = rejections.asJustified();
        return next == rejections || !holds(authorization) ? this
                : new TokenState(held, dropped, flight, trouble, next, generation, wanted, closed);
    }

    /**
     * @param clock read only if the token was dropped
     * @return this very state if nothing changes, which is the rule
     */
    TokenState accepted(String authorization, TokenClock clock) {
        if (holds(authorization)) {
            return held.accepted() && rejections.inARow() == 0 ? this
                    : new TokenState(held.asAccepted(), null, flight, trouble, rejections.inARow(0), generation, wanted,
                            closed);
        }
        // Dropped because of one rejection, and good for another call all the same.
        return dropped != null && dropped.is(authorization) && dropped.usable(clock.nanoTime())
                ? new TokenState(dropped.asAccepted(), null, flight, trouble, rejections.inARow(0), generation, wanted, closed)
                : this;
    }

    /** Failures of the old credentials do not apply to the new ones. */
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
