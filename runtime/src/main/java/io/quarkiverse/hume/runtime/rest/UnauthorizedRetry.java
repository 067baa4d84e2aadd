package io.quarkiverse.hume.runtime.rest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletionException;

import org.jboss.resteasy.reactive.client.handlers.ClientSendRequestHandler;
import org.jboss.resteasy.reactive.client.impl.ClientRequestContextImpl;
import org.jboss.resteasy.reactive.client.impl.RestClientRequestContext;
import org.jboss.resteasy.reactive.client.spi.ClientRestHandler;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientRequestContext;

import io.quarkiverse.hume.runtime.account.Account;
import io.quarkiverse.hume.runtime.account.HumeLog;
import io.quarkiverse.hume.runtime.credential.RequestCredential;

/**
 * Repeats a call once after a 401, with a new credential. Stands in the request's own handler chain directly behind the
 * handler that sends, where nothing of the answer has been interpreted yet: so it works for every return type, and retries
 * and timeouts of the application see one call.
 * <p>
 * The chain belongs to the REST client's implementation. If it does not look as expected there is no retry, and the 401 goes
 * to the caller.
 */
final class UnauthorizedRetry implements ClientRestHandler {

    private static final String REPEATED = UnauthorizedRetry.class.getName();

    private final Account account;
    private final RequestCredential credential;

    UnauthorizedRetry(Account account, RequestCredential credential) {
        this.account = account;
        this.credential = credential;
    }

    /** The chain belongs to this request alone, yet it is copied: should it ever be shared, nobody else gets our handler. */
    void install(ResteasyReactiveClientRequestContext context) {
        RestClientRequestContext request = ((ClientRequestContextImpl) context).getRestClientRequestContext();
        ClientRestHandler[] chain = request.getHandlers();
        int send = sendPosition(chain);
        if (send < 0) {
            return;
        }
        int position = request.getPosition();
        ClientRestHandler[] extended = Arrays.copyOf(chain, chain.length + 1);
        System.arraycopy(chain, send + 1, extended, send + 2, chain.length - send - 1);
        extended[send + 1] = this;
        request.restart(extended);
        request.setPosition(position);
    }

    private static int sendPosition(ClientRestHandler[] chain) {
        for (int i = chain.length - 1; i >= 0; i--) {
            if (chain[i] instanceof ClientSendRequestHandler) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public void handle(RestClientRequestContext request) {
        Object sent = request.getRequestHeaders().getHeaders().getFirst(credential.headerName());
        if (sent == null) {
            return;
        }
        if (request.getResponseStatus() != 401) {
            credential.accepted(sent.toString());
            return;
        }
        boolean first = request.getProperties().putIfAbsent(REPEATED, Boolean.TRUE) == null;
        request.suspend();
        credential.rejected(sent.toString()).whenComplete((worthwhile, failure) -> {
            if (failure != null || !worthwhile) {
                HumeLog.LOG.debugf("Hume: 401 for %s, and there is no other credential", account.name());
                request.setResponseReasonPhrase(credential.rejection());
                request.resume();
            } else if (first && RepeatableBody.isRepeatable(request.getEntity())) {
                repeat(request);
            } else {
                request.resume();
            }
        });
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
                request.resume(failure instanceof CompletionException ? failure.getCause() : failure);
                return;
            }
            request.getRequestHeaders().getHeaders().putSingle(credential.headerName(), value);
            request.setPosition(sendPosition(request.getHandlers()));
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
