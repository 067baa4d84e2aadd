package io.quarkiverse.hume.runtime.event;

import io.quarkiverse.hume.runtime.event.AccountListener.Transport;
import io.quarkiverse.hume.runtime.event.AccountListener.UnauthorizedOutcome;

/**
 * Decides how a call continues that Hume rejected because of its credential, and reports the outcome. Used by every transport.
 */
public final class RejectedCalls {

    /** The next step after another credential was requested. */
    public enum Next {
        /** The call is retried with the other credential. */
        RETRY,
        /** There is no other credential, so the caller gets the rejection. */
        PASS_ON,
        /** Another credential is needed and cannot be obtained, so the call fails for this reason. */
        FAIL
    }

    private final AccountListener listener;
    private final Transport transport;

    /** @param listener the listener of the account */
    public RejectedCalls(AccountListener listener, Transport transport) {
        this.listener = listener;
        this.transport = transport;
    }

    /**
     * @param other another credential; {@code null} if there is none
     * @param failure why another credential could not be obtained; {@code null} if it could, or if there is none
     */
    public Next next(Object other, Throwable failure) {
        if (failure != null) {
            unavailable();
            return Next.FAIL;
        }
        if (other == null) {
            report(UnauthorizedOutcome.NO_OTHER_CREDENTIAL);
            return Next.PASS_ON;
        }
        return Next.RETRY;
    }

    /** Another credential is needed and cannot be obtained. */
    public void unavailable() {
        report(UnauthorizedOutcome.NO_CREDENTIAL);
    }

    /** The call cannot be sent a second time. */
    public void notRepeatable() {
        report(UnauthorizedOutcome.NOT_REPEATABLE);
    }

    /** Retries are switched off for the account. */
    public void notRetried() {
        report(UnauthorizedOutcome.NOT_RETRIED);
    }

    /** The call was retried and not rejected again. */
    public void recovered() {
        report(UnauthorizedOutcome.RECOVERED);
    }

    /** The call was retried and rejected with the other credential, too. */
    public void rejectedAgain() {
        report(UnauthorizedOutcome.REJECTED_AGAIN);
    }

    private void report(UnauthorizedOutcome outcome) {
        listener.unauthorized(transport, outcome);
    }
}
