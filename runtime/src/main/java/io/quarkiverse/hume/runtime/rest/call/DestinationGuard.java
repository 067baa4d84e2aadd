package io.quarkiverse.hume.runtime.rest.call;

import java.net.URI;

import org.jboss.resteasy.reactive.client.handlers.ClientSendRequestHandler;
import org.jboss.resteasy.reactive.client.impl.RestClientRequestContext;
import org.jboss.resteasy.reactive.client.spi.ClientRestHandler;

import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.runtime.credential.TrustedHosts;

/**
 * Checks the destination of a request, and its credential, directly before it is sent, when no filter can change them any more.
 * Replaces the sending handler in the chain of the request, and calls it after the check, so the connection is opened to the
 * checked address.
 */
final class DestinationGuard implements ClientRestHandler {

    /**
     * The name of the request property for a request to which the extension has added no credential, because the application
     * has set one. The value is {@link TrustedHosts}.
     */
    static final String OWN_CREDENTIAL = DestinationGuard.class.getName();

    private final ClientSendRequestHandler send;
    private final HttpClientGuard client;

    DestinationGuard(ClientSendRequestHandler send, HttpClientGuard client) {
        this.send = send;
        this.client = client;
    }

    /** @return the index of the sending handler; -1 if there is none */
    static int sendPosition(ClientRestHandler[] chain) {
        for (int i = chain.length - 1; i >= 0; i--) {
            if (chain[i] instanceof DestinationGuard || chain[i] instanceof ClientSendRequestHandler) {
                return i;
            }
        }
        return -1;
    }

    boolean sendsWith(ClientRestHandler handler) {
        return send == handler;
    }

    @Override
    public void handle(RestClientRequestContext request) {
        CarriedCredential carried = CarriedCredential.of(request);
        if (carried != null) {
            URI requested = TrustedHosts.normalized(request.getUri());
            URI destination = carried.trustedHosts().destination(requested);
            HumeAuthenticationException violation = carried.trustedHosts().violation(requested, destination);
            if (violation == null) {
                violation = plainTextViolation(destination, carried.trustedHosts());
            }
            if (violation == null) {
                request.setUri(destination);
                HeaderPrecedence.enforce(request, carried);
                CurrentRequest.decided(request);
            } else if (carried.isAnywhereOn(request)) {
                carried.removeFrom(request);
                throw violation;
            }
        } else {
            HeaderPrecedence.enforceOwn(request);
            Object own = request.getProperties().get(OWN_CREDENTIAL);
            if (own instanceof TrustedHosts && !client.keepFromProxy(request.getUri())) {
                throw ((TrustedHosts) own).ownReadableByProxy(request.getUri());
            }
            CurrentRequest.decided(request);
        }
        send.handle(request);
    }

    /**
     * Returns the violation for an address that the REST client would call without TLS. The REST client uses TLS only for the
     * scheme https, so it would call even the scheme wss in plain text.
     */
    private HumeAuthenticationException plainTextViolation(URI destination, TrustedHosts trusted) {
        if (destination.getScheme().equals("https")) {
            return null;
        }
        if (!destination.getScheme().equals("http")) {
            return trusted.schemeOfWebSockets(destination);
        }
        return client.bypassProxy(destination) ? null : trusted.readableByProxy(destination);
    }
}
