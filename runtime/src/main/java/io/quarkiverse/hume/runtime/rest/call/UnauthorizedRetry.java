package io.quarkiverse.hume.runtime.rest.call;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletionStage;

import org.jboss.resteasy.reactive.client.impl.ClientRequestContextImpl;
import org.jboss.resteasy.reactive.client.impl.RestClientRequestContext;
import org.jboss.resteasy.reactive.client.spi.ClientRestHandler;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientRequestContext;

import io.quarkiverse.hume.runtime.account.Account;
import io.quarkiverse.hume.runtime.credential.RequestCredential;
import io.quarkiverse.hume.runtime.event.AccountListener.Transport;
import io.quarkiverse.hume.runtime.event.RejectedCalls;
import io.quarkiverse.hume.runtime.log.HumeLog;
import io.quarkiverse.hume.runtime.token.Failures;

/**
 * Retries a call once after a 401, with a new credential. Replaces the handler directly after the one that sends, in the
 * request's own chain, where the response has not been interpreted yet. It therefore works for every return type, and
 * retries and timeouts of the application see one call.
 * <p>
 * The chain belongs to the REST client's implementation. If it does not look as expected there is no retry, and the 401 goes
 * to the caller.
 */
final class UnauthorizedRetry {

    private static final String STATE = UnauthorizedRetry.class.getName();

    private enum State {
        REPEATED,
        GIVEN_UP
    }

    private final Account account;
    private final RequestCredential credential;
    private final RejectedCalls rejectedCalls;

    // A client has the same handlers for all its requests, so one of ours serves them all, and a request costs no object.
    private volatile RetryHandler lastHandler;

    UnauthorizedRetry(Account account, RequestCredential credential) {
        this.account = account;
        this.credential = credential;
        this.rejectedCalls = new RejectedCalls(account.listener(), Transport.REST);
    }

    /** The array is the request's own. Were it ever shared, our handler would leave requests without our header alone. */
    void install(ResteasyReactiveClientRequestContext context) {
        ClientRestHandler[] chain = ((ClientRequestContextImpl) context).getRestClientRequestContext().getHandlers();
        int position = DestinationGuard.sendPosition(chain) + 1;
        if (position == 0 || position == chain.length || chain[position] instanceof RetryHandler) {
            return;
        }
        RetryHandler handler = lastHandler;
        if (handler == null || handler.next != chain[position]) {
            handler = new RetryHandler(chain[position]);
            lastHandler = handler;
        }
        chain[position] = handler;
    }

    /** Looks at the answer before the handler whose place it took. */
    private final class RetryHandler implements ClientRestHandler {

        private final ClientRestHandler next;

        private RetryHandler(ClientRestHandler next) {
            this.next = next;
        }

        @Override
        public void handle(RestClientRequestContext request) throws Exception {
            Object state = request.getProperties().get(STATE);
            if (state == State.GIVEN_UP || !CarriedCredential.isAnswered(request)) {
                // The response of a host that did not receive the credential says nothing about it.
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
            } else if (state == State.REPEATED) {
                // This call's own: what it got another credential for says nothing about that one.
                rejectedCalls.rejectedAgain();
                request.setResponseReasonPhrase(credential.rejection());
                next.handle(request);
            } else {
                retry(request, sent);
            }
        }
    }

    /** Whatever is thrown on the way becomes the answer: a request that was suspended and not resumed would never end. */
    private void retry(RestClientRequestContext request, String sent) {
        request.suspend();
        try {
            CompletionStage<String> replacement = credential.rejected(sent);
            if (RepeatableBody.isRepeatable(request.getEntity())) {
                replacement.whenComplete((other, failure) -> replaced(request, other, failure));
            } else {
                // Reported for the sake of later calls; this one does not wait for what comes of it.
                rejectedCalls.notRepeatable();
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
                    request.setResponseReasonPhrase(credential.rejection());
                    giveUp(request);
                }
                case FAIL -> {
                    discardAnswer(request);
                    request.resume(Failures.cause(failure));
                }
            }
        } catch (Throwable e) { // The stage would keep it to itself.
            request.resume(e);
        }
    }

    private static void giveUp(RestClientRequestContext request) {
        request.getProperties().put(STATE, State.GIVEN_UP);
        request.setPosition(DestinationGuard.sendPosition(request.getHandlers()) + 1);
        request.resume();
    }

    private void repeat(RestClientRequestContext request, String value) throws IOException {
        discardAnswer(request);
        new CarriedCredential(credential.headerName(), value, account.trustedHosts()).putOn(request);
        request.setPosition(DestinationGuard.sendPosition(request.getHandlers()));
        request.resume();
    }

    static void discardAnswer(RestClientRequestContext request) throws IOException {
        InputStream body = request.getResponseEntityStream();
        if (body != null) {
            body.close();
        }
        String download = request.getTmpFilePath();
        if (download != null) {
            Files.deleteIfExists(Path.of(download));
            request.clearTmpFilePath();
        }
        request.setResponseEntityStream(null);
        request.setResponseMultipartParts(null);
        request.setResponseStatus(0);
        request.setResponseReasonPhrase(null);
        request.setHttpClientRequest(null);
    }
}
