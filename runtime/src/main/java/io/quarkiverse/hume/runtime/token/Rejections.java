package io.quarkiverse.hume.runtime.token;

/**
 * The history of 401 responses. With it, a path of the API that rejects all tokens does not cause the tokens of the account to
 * be replaced all the time.
 *
 * @param inARow the number of consecutive tokens that were rejected soon after they arrived, without an accepted token in
 *        between
 * @param renewals the number of consecutive token requests that were caused by a rejection, without a pause or a request for
 *        another reason in between
 * @param nextRenewal the earliest time at which a rejection may cause the next request, in monotonic nanoseconds; read only
 *        after a renewal
 * @param justified whether a call that was rejected with the previous token succeeded when it was retried with the new one. The
 *        token was then the cause of the rejection, and not the path
 */
record Rejections(int inARow, int renewals, long nextRenewal, boolean justified) {

    static final Rejections NONE = new Rejections(0, 0, 0, false);

    /** After this many renewals, a warning is logged, because something rejects tokens that are valid elsewhere. */
    static final int PERSISTENT = 3;

    boolean mayRenew(long now) {
        return renewals == 0 || now - nextRenewal >= 0;
    }

    /**
     * A rejected token was replaced. The interval until the next replacement grows with each one, except after a justified one.
     * It starts again after a pause of the maximum interval.
     */
    Rejections renewed(Backoff interval, long now, double random) {
        boolean pause = renewals == 0 || now - nextRenewal >= RefreshPolicy.nanos(interval.maxDelay());
        int count = pause ? 1 : justified ? renewals : renewals + 1;
        return new Rejections(inARow, count, now + interval.nanos(count, random), false);
    }

    Rejections inARow(int count) {
        return new Rejections(count, renewals, nextRenewal, justified);
    }

    /** @return the same object if nothing changes */
    Rejections asJustified() {
        return renewals == 0 || justified ? this : new Rejections(inARow, renewals, nextRenewal, true);
    }
}
