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
 * Decides whose credential a request carries. The application's own credential takes precedence if it is set for this call (a
 * parameter, {@code @ClientHeaderParam}) or for this client by name (a configured header, {@code RestClientBuilder.header}).
 * Credentials of request filters and headers factories, which apply to every call and often to every client, are removed,
 * since the token of a user or of the company must not be disclosed to Hume.
 */
final class HeaderPrecedence {

    /** What has been reported, once for each client and header, and so not more than there are clients and headers. */
    private static final Set<String> REPORTED = ConcurrentHashMap.newKeySet();

    private final Account account;

    HeaderPrecedence(Account account) {
        this.account = account;
    }

    /**
     * Removes all other credentials from the request, if it is to carry the account's credential.
     *
     * @return whether it does; otherwise the request has failed, or is to be sent as it is
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

    /** For a client whose calls may set a credential. */
    private boolean admits(ResteasyReactiveClientRequestContext context, RestClientRequestContext request,
            CallCredential call) {
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

    /** For a request with a credential that the call has not set. */
    private boolean replaces(ResteasyReactiveClientRequestContext context, RestClientRequestContext request,
            MultivaluedMap<String, Object> headers) {
        if (CarriedCredential.of(request) != null) {
            // The client has two filters of ours, and the first one has done it.
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
     * Once more, directly before a request is sent to a trusted destination: a filter may come behind ours. One that has taken
     * the credential off is left alone.
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

    /** The same for a request with a credential that the call has set. */
    static void enforceOwn(RestClientRequestContext request) {
        CallCredential call = (CallCredential) request.getProperties().get(CallCredential.PROPERTY);
        if (call != null && call.isGiven()) {
            leave(call, request);
        }
    }

    private static void leave(CallCredential call, RestClientRequestContext request) {
        MultivaluedMap<String, Object> headers = request.getRequestHeaders().getHeaders();
        if (!call.isAloneOn(headers)) {
            for (String name : CallCredential.HEADERS) {
                List<Object> values = headers.get(name);
                if (isForeign(values) && !call.gives(name, values)) {
                    report(request, name, "what the call itself gives");
                }
            }
            call.put(headers);
        }
    }

    /** Headers from {@code quarkus.rest-client."name".headers} are added after all filters. */
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

    /** What {@code RestClientBuilder.header} was called with, which a filter of the REST client's own adds to requests. */
    private static CallCredential ofTheBuilder(ResteasyReactiveClientRequestContext context,
            MultivaluedMap<String, Object> headers) {
        CallCredential credential = new CallCredential(null);
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
