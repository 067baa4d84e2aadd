package io.quarkiverse.hume.runtime.token;

/**
 * The token requests that were caused by rejections of one kind. Limits them, so that a path of the API that rejects all tokens
 * does not cause the tokens of the account to be replaced all the time.
 *
 * @param count the number of consecutive requests, without a pause, and without a request in between that
 *        no rejection caused
 * @param next the earliest time at which a rejection may cause the next request, in monotonic nanoseconds; read only after a
 *        request
 * @param justified whether a call that was rejected with the previous token succeeded when it was retried with the new one. The
 *        token was then the cause of the rejection, and not the path
 */
record Renewals(int count, long next, boolean justified) {

    static final Renewals NONE = new Renewals(0, 0, false);

    /** After this many renewals, a warning is logged, because something rejects tokens that are valid elsewhere. */
    static final int PERSISTENT = 3;

    boolean mayRenew(long now) {
        return count == 0 || now - next >= 0;
    }

    /**
     * A rejected token was replaced. The interval until the next replacement grows with each one, except after a justified one.
     * It starts again after a pause of the maximum interval.
     */
    Renewals renewed(Backoff interval, long now, double random) {
        boolean pause = count == 0 || now - next >= RefreshPolicy.nanos(interval.maxDelay());
        int consecutive = pause ? 1 : justified ? count : count + 1;
        return new Renewals(consecutive, now + interval.nanos(consecutive, random), false);
    }

    /** @return the same object if nothing changes */
    Renewals asJustified() {
        return count == 0 || justified ? this : new Renewals(count, next, true);
    }
}
