package io.quarkiverse.hume.runtime.rest;

import java.util.Map;

import jakarta.ws.rs.core.MultivaluedMap;

import org.jboss.resteasy.reactive.client.api.QuarkusRestClientProperties;
import org.jboss.resteasy.reactive.client.impl.ClientRequestContextImpl;
import org.jboss.resteasy.reactive.client.impl.RestClientRequestContext;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientRequestContext;

import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.runtime.account.Account;
import io.quarkiverse.hume.runtime.account.CompletionCause;
import io.quarkiverse.hume.runtime.credential.RequestCredential;

/** Puts one credential on a request, or fails it before anything is sent. Runs on any thread and never blocks it. */
final class RequestAuthentication {

    private final Account account;
    private final RequestCredential credential;

    /** {@code null}: the account does not want it. */
    private final UnauthorizedRetry retry;

    // The value changes rarely, so most requests share one object.
    private volatile CarriedCredential lastCarried;

    RequestAuthentication(Account account, RequestCredential credential) {
        this.account = account;
        this.credential = credential;
        this.retry = account.retryOnUnauthorized() ? new UnauthorizedRetry(account, credential) : null;
    }

    void authenticate(ResteasyReactiveClientRequestContext context) {
        MultivaluedMap<String, Object> headers = context.getHeaders();
        if (headers.containsKey(RequestCredential.AUTHORIZATION_HEADER)
                || headers.containsKey(RequestCredential.API_KEY_HEADER) || hasStaticHeader(context)) {
            return;
        }
        HumeAuthenticationException violation = account.trustedHosts().violation(context.getUri());
        if (violation != null) {
            fail(context, violation);
            return;
        }
        RestClientRequestContext request = ((ClientRequestContextImpl) context).getRestClientRequestContext();
        HttpClientGuard.of(request).guard(request);
        if (retry != null) {
            retry.install(context);
        }
        String value = credential.current();
        if (value != null) {
            put(value, request);
            return;
        }
        context.suspend();
        credential.get().whenComplete((obtained, failure) -> {
            if (failure == null) {
                put(obtained, request);
                context.resume();
            } else {
                context.resume(CompletionCause.of(failure));
            }
        });
    }

    private void put(String value, RestClientRequestContext request) {
        CarriedCredential carried = lastCarried;
        if (carried == null || !carried.value().equals(value)) {
            carried = new CarriedCredential(credential.headerName(), value, account.trustedHosts());
            lastCarried = carried;
        }
        carried.putOn(request);
    }

    /** Resuming with the failure rather than throwing it: callers get this exception itself, not one around it. */
    static void fail(ResteasyReactiveClientRequestContext context, HumeAuthenticationException failure) {
        context.suspend();
        context.resume(failure);
    }

    /** Headers from {@code quarkus.rest-client."name".headers} are added after all filters. */
    private static boolean hasStaticHeader(ResteasyReactiveClientRequestContext context) {
        Object configured = context.getConfiguration().getProperty(QuarkusRestClientProperties.STATIC_HEADERS);
        if (configured instanceof Map) {
            for (Object name : ((Map<?, ?>) configured).keySet()) {
                if (RequestCredential.AUTHORIZATION_HEADER.equalsIgnoreCase(name.toString())
                        || RequestCredential.API_KEY_HEADER.equalsIgnoreCase(name.toString())) {
                    return true;
                }
            }
        }
        return false;
    }
}
