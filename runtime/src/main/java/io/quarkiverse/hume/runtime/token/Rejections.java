package io.quarkiverse.hume.runtime.token;

/**
 * The history of rejected tokens. The two kinds of rejections are independent of each other: a handshake that needs another
 * kind of credential must not delay the retry of calls whose token was revoked.
 *
 * @param inARow the number of consecutive tokens that were rejected soon after they arrived, without an accepted token in
 *        between
 * @param unauthorized the requests after 401 responses
 * @param forbidden the requests after handshakes that were answered with 403
 */
record Rejections(int inARow, Renewals unauthorized, Renewals forbidden) {

    static final Rejections NONE = new Rejections(0, Renewals.NONE, Renewals.NONE);

    boolean mayRenew(RequestCause cause, long now) {
        return (cause == RequestCause.FORBIDDEN ? forbidden : unauthorized).mayRenew(now);
    }

    /** A token arrived that was requested for this reason. */
    Rejections renewed(RequestCause cause, Backoff interval, long now, double random) {
        return switch (cause) {
            case NEED -> NONE;
            case UNAUTHORIZED -> new Rejections(inARow, unauthorized.renewed(interval, now, random), forbidden);
            case FORBIDDEN -> new Rejections(inARow, unauthorized, forbidden.renewed(interval, now, random));
        };
    }

    Rejections inARow(int count) {
        return new Rejections(count, unauthorized, forbidden);
    }

    /**
     * A call that was rejected with 401 has succeeded with the next token.
     *
     * @return the same object if nothing changes
     */
    Rejections asJustified() {
        Renewals next = unauthorized.asJustified();
        return next == unauthorized ? this : new Rejections(inARow, next, forbidden);
    }
}
