package io.quarkiverse.hume.runtime.token;

import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.HumeAuthenticationException.Reason;

/**
 * The state after failures: why there is no newer token, and when the next request is allowed. Times are monotonic nanoseconds
 * and are compared by difference.
 *
 * @param failures the number of consecutive failed requests
 * @param failure the last failure
 * @param since the time of the first of these failures
 * @param notBefore the gate: no request starts before this time
 * @param earliest the earliest time to which the opening of the gate may be moved for callers without a token
 * @param demandWait the maximum time until the gate opens for callers without a token, in nanoseconds
 */
record Trouble(int failures, HumeAuthenticationException failure, long since, long notBefore, long earliest,
        long demandWait) {

    boolean gateClosed(long now) {
        return now - notBefore < 0;
    }

    /** When the gate opens for a caller who has no token. */
    long due(long now) {
        long demanded = now + demandWait;
        long sooner = demanded - notBefore < 0 ? demanded : notBefore;
        return sooner - earliest < 0 ? earliest : sooner;
    }

    /** Whether waiting for the next request cannot help, because it would fail for the same reason, such as rejected keys. */
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
