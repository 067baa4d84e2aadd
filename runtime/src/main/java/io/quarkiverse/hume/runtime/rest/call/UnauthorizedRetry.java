package io.quarkiverse.hume.runtime.rest.call;

import java.io.IOException;
import java.util.concurrent.CompletionStage;

import org.jboss.resteasy.reactive.client.impl.RestClientRequestContext;
import org.jboss.resteasy.reactive.client.spi.ClientRestHandler;

import io.quarkiverse.hume.runtime.account.Account;
import io.quarkiverse.hume.runtime.credential.RequestCredential;
import io.quarkiverse.hume.runtime.event.AccountListener.Transport;
import io.quarkiverse.hume.runtime.event.RejectedCalls;
import io.quarkiverse.hume.runtime.log.HumeLog;
import io.quarkiverse.hume.runtime.token.Failures;

/**
 * Retries a call once after a 401, with a new credential. If retries are switched off, the caller gets the 401 at once, and the
 * credential is reported as accepted or rejected all the same, so that later calls get another one. A 401 that reaches the
 * caller has a reason phrase that says what to check.
 */
final class UnauthorizedRetry extends CallRetry {

    private static final String STATE = UnauthorizedRetry.class.getName();

    private enum State {
        REPEATED,
        GIVEN_UP
    }

    private final Account account;
    private final RequestCredential credential;
    private final boolean retries;
    private final RejectedCalls rejectedCalls;

    /** @param retries whether a call is retried after a 401; otherwise the caller gets the first 401 */
    UnauthorizedRetry(Account account, RequestCredential credential, boolean retries) {
        this.account = account;
        this.credential = credential;
        this.retries = retries;
        this.rejectedCalls = new RejectedCalls(account.listener(), Transport.REST);
    }

    @Override
    void examine(RestClientRequestContext request, ClientRestHandler next) throws Exception {
        Object state = request.getProperties().get(STATE);
        if (state == State.GIVEN_UP || !CarriedCredential.isAnswered(request)) {
            // The host did not receive the credential, so its response says nothing about the credential.
            next.handle(request);
            return;
        }
        String sent = CarriedCredential.of(request).value();
        if (request.getResponseStatus() != 401) {
            credential.accepted(sent);
            if (state == State.REPEATED) {
                credential.recovered(sent);
                rejectedCalls.recovered();
            }
            next.handle(request);
        } else if (!retries) {
            credential.rejected(sent); // This call does not wait for the other credential.
            rejectedCalls.notRetried();
            explain(request);
            next.handle(request);
        } else if (state == State.REPEATED) {
            // The 401 is not reported for this credential: a call that is rejected with two credentials may be rejected for
            // another reason.
            rejectedCalls.rejectedAgain();
            explain(request);
            next.handle(request);
        } else {
            retry(request, sent);
        }
    }

    /** Any exception becomes the result of the call, because a request that is suspended and not resumed never ends. */
    private void retry(RestClientRequestContext request, String sent) {
        request.suspend();
        try {
            CompletionStage<String> replacement = credential.rejected(sent);
            if (RepeatableBody.isRepeatable(request.getEntity())) {
                replacement.whenComplete((other, failure) -> replaced(request, other, failure));
            } else {
                // The rejection is reported so that later calls get another credential; this call does not wait for it.
                rejectedCalls.notRepeatable();
                explain(request);
                giveUp(request);
            }
        } catch (Throwable e) {
            request.resume(e);
        }
    }

    private void replaced(RestClientRequestContext request, String other, Throwable failure) {
        try {
            switch (rejectedCalls.next(other, failure)) {
                case RETRY -> {
                    request.getProperties().put(STATE, State.REPEATED);
                    repeat(request, other);
                }
                case PASS_ON -> {
                    HumeLog.LOG.noOtherCredential(account.name());
                    explain(request);
                    giveUp(request);
                }
                case FAIL -> {
                    discardAnswer(request);
                    request.resume(Failures.cause(failure));
                }
            }
        } catch (Throwable e) { // The completion stage would swallow the exception.
            request.resume(e);
        }
    }

    /** The exception of the REST client contains the reason phrase in its message. */
    private void explain(RestClientRequestContext request) {
        request.setResponseReasonPhrase(credential.rejection());
    }

    private static void giveUp(RestClientRequestContext request) {
        request.getProperties().put(STATE, State.GIVEN_UP);
        request.setPosition(DestinationGuard.sendPosition(request.getHandlers()) + 1);
        request.resume();
    }

    private void repeat(RestClientRequestContext request, String value) throws IOException {
        discardAnswer(request);
        new CarriedCredential(credential.headerName(), value, account.trustedHosts()).putOn(request);
        resumeAtSending(request);
    }
}
