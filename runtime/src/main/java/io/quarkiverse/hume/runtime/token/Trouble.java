package io.quarkiverse.hume.runtime.token;

import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.HumeAuthenticationException.Reason;

/**
 * Why there is no newer token, and when the next request is allowed. Times are monotonic nanoseconds and are compared by
 * difference.
 *
 * @param failures failed requests in a row
 * @param failure the last one
 * @param since start of the current run of failures
 * @param notBefore no request starts before this moment: the gate
 * @param earliest the gate may be opened earlier for callers without a token, but not before this moment
 * @param demandWait how long callers without a token wait for the gate at most, in nanoseconds
 */
record Trouble(int failures, HumeAuthenticationException failure, long since, long notBefore, long earliest,
        long demandWait) {

    boolean gateClosed(long now) {
        return now - notBefore < 0;
    }

    /** When the gate opens for a caller who has no token now. */
    long due(long now) {
        long demanded = now + demandWait;
        long sooner = demanded - notBefore < 0 ? demanded : notBefore;
        return sooner - earliest < 0 ? earliest : sooner;
    }

    /** Waiting for the next request does not help: the same keys would be rejected again. */
    boolean hopeless() {
        return hopeless(failure);
    }

    static boolean hopeless(HumeAuthenticationException failure) {
        return failure.reason() == Reason.CREDENTIALS_REJECTED || failure.reason() == Reason.INVALID_CREDENTIALS
                || failure.reason() == Reason.CLOSED;
    }

    Trouble withGate(long newNotBefore) {
        return new Trouble(failures, failure, since, newNotBefore, earliest, demandWait);
    }
}
