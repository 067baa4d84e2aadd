package io.quarkiverse.hume.runtime.rest.call;

import java.lang.reflect.Method;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.ws.rs.client.ClientRequestContext;

import org.jboss.resteasy.reactive.client.impl.RestClientRequestContext;

import io.quarkiverse.hume.runtime.account.Account;
import io.quarkiverse.hume.runtime.log.HumeLog;

/**
 * Redirects requests for Hume's hosts to the emulator if it replaces Hume for the account of the request. The source of the URL
 * (an annotation, such as that of a generated client, a property, a builder or a parameter) does not matter, since the request
 * itself is checked.
 */
final class EmulatedDestination {

    /** The clients and origins for which the redirection has been logged. It is logged once for each combination. */
    private static final Set<String> REPORTED = ConcurrentHashMap.newKeySet();

    private EmulatedDestination() {
    }

    static void apply(ClientRequestContext context, RestClientRequestContext request, Account account) {
        URI requested = context.getUri();
        URI destination = account.trustedHosts().destination(requested);
        if (destination != requested) {
            context.setUri(destination);
            Method method = request.getInvokedMethod();
            String client = method == null ? "that is used without an interface" : method.getDeclaringClass().getName();
            String origin = requested.getScheme() + "://" + requested.getHost();
            if (REPORTED.add(client + " " + origin)) {
                HumeLog.LOG.callsOfEmulator(client, origin, account.baseUrl(), account.profile().describe(),
                        account.profile().property("api-key"));
            }
        }
    }
}
