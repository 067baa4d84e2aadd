package io.quarkiverse.hume.runtime.token;

/**
 * The history of 401 responses, so that a path that rejects all tokens does not invalidate those of the account.
 *
 * @param inARow tokens in a row that were rejected soon after they arrived, without one accepted in between
 * @param renewals tokens requested because of a rejection, without a pause or a request for another reason in between
 * @param nextRenewal no rejection requests a token before this moment, in monotonic nanoseconds; read only after a renewal
 * @param justified whether a call that was rejected with the token before succeeded when it was retried with the new one, so
 *        that the token was the cause and not the path
 */
record Rejections(int inARow, int renewals, long nextRenewal, boolean justified) {

    static final Rejections NONE = new Rejections(0, 0, 0, false);

    /** After this many renewals, a warning is logged, because something rejects tokens that are valid elsewhere. */
    static final int PERSISTENT = 3;

    boolean mayRenew(long now) {
        return renewals == 0 || now - nextRenewal >= 0;
    }

    /**
     * A rejected token was replaced: the next may be after an interval that grows, until there is a pause as long as it can be.
     * It does not grow with a renewal that was justified.
     */
    Rejections renewed(Backoff interval, long now, double random) {
        boolean pause = renewals == 0 || now - nextRenewal >= RefreshPolicy.nanos(interval.maxDelay());
        int count = pause ? 1 : justified ? renewals : renewals + 1;
        return new Rejections(inARow, count, now + interval.nanos(count, random), false);
    }

    Rejections inARow(int count) {
        return new Rejections(count, renewals, nextRenewal, justified);
    }

    /** @return this very value if nothing changes */
    Rejections asJustified() {
        return renewals == 0 || justified ? this : new Rejections(inARow, renewals, nextRenewal, true);
    }
}
