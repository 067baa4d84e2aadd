package io.quarkiverse.hume.runtime.rest.call;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

import org.jboss.resteasy.reactive.client.impl.ClientRequestContextImpl;
import org.jboss.resteasy.reactive.client.impl.RestClientRequestContext;
import org.jboss.resteasy.reactive.client.spi.ClientRestHandler;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientRequestContext;

/**
 * Examines the response to a call and may send the call once more. Replaces the handler that follows the sending handler in the
 * chain of the request, where the response has not been interpreted yet. It therefore works for every return type, and the
 * application's own retries and timeouts apply to the call as a whole.
 * <p>
 * The chain is part of the REST client's implementation. If it does not have the expected structure, there is no retry, and the
 * caller gets the response.
 */
abstract class CallRetry {

    // The handlers are the same for all requests of a client, so one handler can be reused for all of them, and no object is
    // created per request.
    private volatile Handler lastHandler;

    /**
     * Examines the response. Must not block.
     *
     * @param next the replaced handler, which interprets the response
     */
    abstract void examine(RestClientRequestContext request, ClientRestHandler next) throws Exception;

    /**
     * Installs the handler in the chain of the request. The array belongs to this request alone. Even if it were shared, the
     * handler would ignore requests that carry no credential of the account.
     */
    final void install(ResteasyReactiveClientRequestContext context) {
        ClientRestHandler[] chain = ((ClientRequestContextImpl) context).getRestClientRequestContext().getHandlers();
        int position = DestinationGuard.sendPosition(chain) + 1;
        if (position == 0 || position == chain.length
                || chain[position] instanceof Handler installed && installed.retry().getClass() == getClass()) {
            return;
        }
        Handler handler = lastHandler;
        if (handler == null || handler.next != chain[position]) {
            handler = new Handler(chain[position]);
            lastHandler = handler;
        }
        chain[position] = handler;
    }

    /** Sends a suspended request again. Its response must have been discarded. */
    static void resumeAtSending(RestClientRequestContext request) {
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

    private final class Handler implements ClientRestHandler {

        private final ClientRestHandler next;

        private Handler(ClientRestHandler next) {
            this.next = next;
        }

        private CallRetry retry() {
            return CallRetry.this;
        }

        @Override
        public void handle(RestClientRequestContext request) throws Exception {
            examine(request, next);
        }
    }
}
