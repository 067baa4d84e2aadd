package io.quarkiverse.hume.runtime.event;

import io.quarkiverse.hume.runtime.event.AccountListener.Transport;
import io.quarkiverse.hume.runtime.event.AccountListener.UnauthorizedOutcome;

/**
 * What becomes of calls that Hume refuses because of their credential: decided and reported the same way for every transport.
 */
public final class RefusedCalls {

    /** What follows once another credential was asked for. */
    public enum Next {
        /** The call is sent once more, with the other credential. */
        REPEAT,
        /** There is no other credential, so that the refusal is the answer to the call. */
        PASS_ON,
        /** Another credential is needed and cannot be had, and that is why the call fails. */
        FAIL
    }

    private final AccountListener listener;
    private final Transport transport;

    /** @param listener of the account */
    public RefusedCalls(AccountListener listener, Transport transport) {
        this.listener = listener;
        this.transport = transport;
    }

    /**
     * @param other another credential; {@code null} if there is none
     * @param failure why another credential could not be had; {@code null} if it could, or if there is none
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
        return Next.REPEAT;
    }

    /** Another credential is needed and cannot be had. */
    public void unavailable() {
        report(UnauthorizedOutcome.NO_CREDENTIAL);
    }

    /** The call cannot be sent a second time. */
    public void notRepeatable() {
        report(UnauthorizedOutcome.NOT_REPEATABLE);
    }

    /** The call was repeated, and is not refused this time. */
    public void recovered() {
        report(UnauthorizedOutcome.RECOVERED);
    }

    /** The call was repeated, and is refused with the other credential, too. */
    public void rejectedAgain() {
        report(UnauthorizedOutcome.REJECTED_AGAIN);
    }

    private void report(UnauthorizedOutcome outcome) {
        listener.unauthorized(transport, outcome);
    }
}
