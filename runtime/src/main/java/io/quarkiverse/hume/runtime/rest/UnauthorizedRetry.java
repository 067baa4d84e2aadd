package io.quarkiverse.hume.runtime.rest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

import org.jboss.resteasy.reactive.client.impl.ClientRequestContextImpl;
import org.jboss.resteasy.reactive.client.impl.RestClientRequestContext;
import org.jboss.resteasy.reactive.client.spi.ClientRestHandler;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientRequestContext;

import io.quarkiverse.hume.runtime.account.Account;
import io.quarkiverse.hume.runtime.account.AccountListener.Transport;
import io.quarkiverse.hume.runtime.account.AccountListener.UnauthorizedOutcome;
import io.quarkiverse.hume.runtime.account.CompletionCause;
import io.quarkiverse.hume.runtime.account.HumeLog;
import io.quarkiverse.hume.runtime.credential.RequestCredential;

/**
 * Repeats a call once after a 401, with a new credential. Takes the place of the handler directly behind the one that sends,
 * in the request's own chain, where nothing of the answer has been interpreted yet: so it works for every return type, and
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

    // A client has the same handlers for all its requests, so one of ours serves them all, and a request costs no object.
    private volatile Healer lastHealer;

    UnauthorizedRetry(Account account, RequestCredential credential) {
        this.account = account;
        this.credential = credential;
    }

    /** The array is the request's own. Were it ever shared, our handler would leave requests without our header alone. */
    void install(ResteasyReactiveClientRequestContext context) {
        ClientRestHandler[] chain = ((ClientRequestContextImpl) context).getRestClientRequestContext().getHandlers();
        int position = DestinationGuard.sendPosition(chain) + 1;
        if (position == 0 || position == chain.length || chain[position] instanceof Healer) {
            return;
        }
        Healer healer = lastHealer;
        if (healer == null || healer.next != chain[position]) {
            healer = new Healer(chain[position]);
            lastHealer = healer;
        }
        chain[position] = healer;
    }

    /** Looks at the answer before the handler whose place it took. */
    private final class Healer implements ClientRestHandler {

        private final ClientRestHandler next;

        private Healer(ClientRestHandler next) {
            this.next = next;
        }

        @Override
        public void handle(RestClientRequestContext request) throws Exception {
            Object state = request.getProperties().get(STATE);
            if (state == State.GIVEN_UP || !CarriedCredential.isAnswered(request)) {
                // What a host answers that the credential was kept from says nothing about it.
                next.handle(request);
                return;
            }
            String sent = CarriedCredential.of(request).value();
            if (request.getResponseStatus() != 401) {
                credential.accepted(sent);
                if (state == State.REPEATED) {
                    tell(UnauthorizedOutcome.RECOVERED);
                }
                next.handle(request);
            } else {
                heal(request, sent);
            }
        }
    }

    private void heal(RestClientRequestContext request, String sent) {
        boolean first = request.getProperties().putIfAbsent(STATE, State.REPEATED) == null;
        request.suspend();
        credential.rejected(sent).whenComplete((worthwhile, failure) -> {
            if (failure != null || !worthwhile) {
                HumeLog.LOG.noOtherCredential(account.name());
                request.setResponseReasonPhrase(credential.rejection());
                giveUp(request, first ? UnauthorizedOutcome.NO_OTHER_CREDENTIAL : UnauthorizedOutcome.REJECTED_AGAIN);
            } else if (!first) {
                giveUp(request, UnauthorizedOutcome.REJECTED_AGAIN);
            } else if (RepeatableBody.isRepeatable(request.getEntity())) {
                repeat(request);
            } else {
                giveUp(request, UnauthorizedOutcome.NOT_REPEATABLE);
            }
        });
    }

    private void tell(UnauthorizedOutcome outcome) {
        account.listener().unauthorized(Transport.REST, outcome);
    }

    private void giveUp(RestClientRequestContext request, UnauthorizedOutcome outcome) {
        tell(outcome);
        request.getProperties().put(STATE, State.GIVEN_UP);
        request.setPosition(DestinationGuard.sendPosition(request.getHandlers()) + 1);
        request.resume();
    }

    private void repeat(RestClientRequestContext request) {
        credential.get().whenComplete((value, failure) -> {
            try {
                discardAnswer(request);
            } catch (IOException e) {
                request.resume(e);
                return;
            }
            if (failure != null) {
                tell(UnauthorizedOutcome.NO_CREDENTIAL);
                request.resume(CompletionCause.of(failure));
                return;
            }
            new CarriedCredential(credential.headerName(), value, account.trustedHosts()).putOn(request);
            request.setPosition(DestinationGuard.sendPosition(request.getHandlers()));
            request.resume();
        });
    }

    private static void discardAnswer(RestClientRequestContext request) throws IOException {
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
