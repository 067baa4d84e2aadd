package io.quarkiverse.hume.runtime.rest.call;

import java.io.IOException;
import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.core.Configuration;
import jakarta.ws.rs.core.MultivaluedMap;

import org.jboss.resteasy.reactive.client.api.QuarkusRestClientProperties;
import org.jboss.resteasy.reactive.client.impl.RestClientRequestContext;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientRequestContext;

import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.HumeAuthenticationException.Reason;
import io.quarkiverse.hume.runtime.account.Account;
import io.quarkiverse.hume.runtime.credential.RequestCredential;
import io.quarkiverse.hume.runtime.log.HumeLog;
import io.quarkus.rest.client.reactive.runtime.DefaultClientHeadersRequestFilter;

/**
 * Decides whose credential a request carries. A credential of the application takes precedence if it is set for this call (a
 * parameter, {@code @ClientHeaderParam}) or for this client (a configured header, {@code RestClientBuilder.header}).
 * Credentials of request filters and headers factories, which apply to every call and often to every client, are removed,
 * because the token of a user or of the company must not be disclosed to Hume.
 */
final class HeaderPrecedence {

    /**
     * The clients and headers for which a removed credential has been logged. It is logged once for each combination, so the
     * size is limited.
     */
    private static final Set<String> REPORTED = ConcurrentHashMap.newKeySet();

    private final Account account;

    HeaderPrecedence(Account account) {
        this.account = account;
    }

    /**
     * Decides whether the request carries the account's credential. If it does, all other credentials are removed.
     *
     * @return whether the account's credential has to be added; if not, the request has failed or is sent with another
     *         credential
     */
    boolean admits(ResteasyReactiveClientRequestContext context, RestClientRequestContext request) {
        CallCredential call = (CallCredential) request.getProperties().get(CallCredential.PROPERTY);
        if (call != null && !admits(context, request, call)) {
            return false;
        }
        MultivaluedMap<String, Object> headers = request.getRequestHeaders().getHeaders();
        if (!headers.containsKey(RequestCredential.AUTHORIZATION_HEADER)
                && !headers.containsKey(RequestCredential.API_KEY_HEADER)) {
            return !isConfigured(context);
        }
        return replaces(context, request, headers);
    }

    /** Decides for a client whose calls may set a credential. */
    private boolean admits(ResteasyReactiveClientRequestContext context, RestClientRequestContext request,
            CallCredential call) {
        call.useConfigured();
        if (call.isGiven()) {
            leave(call, request);
            return false;
        }
        if (call.declaredHeader != null) {
            Method method = request.getInvokedMethod();
            RequestAuthentication.fail(context, new HumeAuthenticationException(Reason.MISSING_CREDENTIALS, account.name(),
                    "The request was not sent: a parameter of " + method.getDeclaringClass().getName() + "#"
                            + method.getName() + " declares the header " + call.declaredHeader
                            + ", so the credential is the caller's, and its value is null or blank. It does not fall back to"
                            + " the credential of " + account.profile().describe()
                            + ". Pass a value, or call a method without such a parameter"));
            return false;
        }
        return true;
    }

    /** Decides for a request with a credential that the call has not set. */
    private boolean replaces(ResteasyReactiveClientRequestContext context, RestClientRequestContext request,
            MultivaluedMap<String, Object> headers) {
        if (CarriedCredential.of(request) != null) {
            // The client has two filters of the extension, and the first one has added the credential.
            return false;
        }
        if (isConfigured(context)) {
            CallCredential.HEADERS.forEach(headers::remove);
            return false;
        }
        CallCredential ofTheBuilder = ofTheBuilder(context, headers);
        if (ofTheBuilder.isGiven()) {
            ofTheBuilder.put(headers);
            return false;
        }
        for (String name : CallCredential.HEADERS) {
            if (isForeign(headers.remove(name))) {
                report(request, name, "the credential of " + account.profile().describe());
            }
        }
        return true;
    }

    /**
     * Removes other credentials again, directly before a request is sent to a trusted destination, because a filter may have
     * run after the filter of the extension. If such a filter has removed the account's credential and added no other one, the
     * request is not changed.
     */
    static void enforce(RestClientRequestContext request, CarriedCredential carried) {
        MultivaluedMap<String, Object> headers = request.getRequestHeaders().getHeaders();
        if (!carried.isAloneOn(headers) && CallCredential.HEADERS.stream().anyMatch(headers::containsKey)) {
            for (String name : CallCredential.HEADERS) {
                List<Object> values = headers.remove(name);
                if (isForeign(values) && !values.equals(List.of(carried.value()))) {
                    report(request, name, "the credential of their account");
                }
            }
            carried.putOn(request);
        }
    }

    /** Removes other credentials from a request with a credential that the call has set. */
    static void enforceOwn(RestClientRequestContext request) {
        CallCredential call = (CallCredential) request.getProperties().get(CallCredential.PROPERTY);
        if (call != null && call.isGiven()) {
            leave(call, request);
        }
    }

    /** Adds a configured credential to a request of a method without authentication. */
    static void addConfigured(RestClientRequestContext request) {
        CallCredential call = (CallCredential) request.getProperties().get(CallCredential.PROPERTY);
        if (call != null) {
            call.putConfigured(request.getRequestHeaders().getHeaders());
        }
    }

    private static void leave(CallCredential call, RestClientRequestContext request) {
        MultivaluedMap<String, Object> headers = request.getRequestHeaders().getHeaders();
        if (!call.isAloneOn(headers)) {
            for (String name : CallCredential.HEADERS) {
                List<Object> values = headers.get(name);
                if (isForeign(values) && !call.gives(name, values)) {
                    report(request, name, call.source());
                }
            }
            call.put(headers);
        }
    }

    /**
     * Whether the configuration sets a credential for a client whose calls set none. Headers from {@code
     * quarkus.rest-client."name".headers} are added after all filters.
     */
    private static boolean isConfigured(ResteasyReactiveClientRequestContext context) {
        Object configured = context.getConfiguration().getProperty(QuarkusRestClientProperties.STATIC_HEADERS);
        if (configured instanceof Map) {
            for (Map.Entry<?, ?> header : ((Map<?, ?>) configured).entrySet()) {
                if (CallCredential.isCredential(header.getKey().toString()) && !CallCredential.isBlank(header.getValue())) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * Returns the credential that was set with {@code RestClientBuilder.header}. The REST client adds these headers to requests
     * with an internal filter.
     */
    private static CallCredential ofTheBuilder(ResteasyReactiveClientRequestContext context,
            MultivaluedMap<String, Object> headers) {
        CallCredential credential = new CallCredential(null, null);
        ClientRequestFilter builder = builderFilter(context.getConfiguration());
        if (builder != null) {
            Map<String, List<Object>> all = new LinkedHashMap<>(headers);
            headers.clear();
            try {
                builder.filter(context);
                credential.see(headers);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            } finally {
                headers.clear();
                headers.putAll(all);
            }
        }
        return credential;
    }

    private static ClientRequestFilter builderFilter(Configuration configuration) {
        for (Object instance : configuration.getInstances()) {
            if (instance instanceof DefaultClientHeadersRequestFilter) {
                return (ClientRequestFilter) instance;
            }
        }
        return null;
    }

    private static boolean isForeign(List<Object> values) {
        return values != null && !CallCredential.notBlank(values).isEmpty();
    }

    private static void report(RestClientRequestContext request, String header, String carried) {
        Method method = request.getInvokedMethod();
        report(method == null ? "that is used without an interface" : method.getDeclaringClass().getName(), header, carried);
    }

    static void report(String client, String header, String carried) {
        if (REPORTED.add(header + client)) {
            HumeLog.LOG.foreignCredential(header, client, carried);
        }
    }
}
