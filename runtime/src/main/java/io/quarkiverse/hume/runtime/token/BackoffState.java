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
 * @param notBefore the end of the back-off: no request starts before this time
 * @param earliest the earliest time to which the end of the back-off may be moved for callers without a token
 * @param callerWait the maximum time until the back-off ends for callers without a token, in nanoseconds
 */
record BackoffState(int failures, HumeAuthenticationException failure, long since, long notBefore, long earliest,
        long callerWait) {

    boolean isBackingOff(long now) {
        return now - notBefore < 0;
    }

    /** When the back-off ends for a caller who has no token. */
    long due(long now) {
        long forCaller = now + callerWait;
        long sooner = forCaller - notBefore < 0 ? forCaller : notBefore;
        return sooner - earliest < 0 ? earliest : sooner;
    }

    /** Whether waiting for the next request cannot help, because it would fail for the same reason, such as rejected keys. */
    boolean isUnrecoverable() {
        return isUnrecoverable(failure);
    }

    static boolean isUnrecoverable(HumeAuthenticationException failure) {
        return failure.reason() == Reason.CREDENTIALS_REJECTED || failure.reason() == Reason.INVALID_CREDENTIALS
                || failure.reason() == Reason.CLOSED;
    }

    BackoffState withNotBefore(long newNotBefore) {
        return new BackoffState(failures, failure, since, newNotBefore, earliest, callerWait);
    }
}
