package io.quarkiverse.hume.runtime.rest.call;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;

import org.jboss.resteasy.reactive.client.impl.ClientRequestContextImpl;
import org.jboss.resteasy.reactive.client.impl.RestClientRequestContext;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientRequestContext;

import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.runtime.account.Account;

/** Authenticates the calls of one REST client according to the result of the build. */
public final class AuthenticationFilter implements ClientRequestFilter {

    /** The result of the build for the calls of one client. */
    public interface Calls {

        /**
         * @param method the method; {@code null} if the request does not specify it
         * @throws IllegalStateException if the call is not known to the build
         */
        boolean isAuthenticated(Method method);

        /**
         * @param method the method; {@code null} if the request does not specify it
         * @return {@code null} if the call carries no credential
         * @throws HumeAuthenticationException if the account is not configured, or it does not support the strategy
         * @throws IllegalStateException if the call is not known to the build
         */
        RequestAuthentication authentication(Method method);

        /**
         * An account of the client if the emulator replaces Hume for all accounts of the client, so that no call goes to Hume;
         * otherwise empty.
         */
        Optional<Account> emulatedAccount();
    }

    /**
     * The authentication of a method, which is looked up once.
     *
     * @param authentication {@code null} if its calls carry no credential
     */
    private record Route(RequestAuthentication authentication) {
    }

    private final Calls calls;
    private final Map<Method, Route> routes = new ConcurrentHashMap<>();

    public AuthenticationFilter(Calls calls) {
        this.calls = calls;
    }

    @Override
    public void filter(ClientRequestContext context) {
        RestClientRequestContext request = ((ClientRequestContextImpl) context).getRestClientRequestContext();
        // The guard is also installed for methods without authentication, because other methods reuse their connections.
        HttpClientGuard httpClient = HttpClientGuard.of(request);
        Route route;
        try {
            route = route(context);
        } catch (HumeAuthenticationException e) {
            RequestAuthentication.fail((ResteasyReactiveClientRequestContext) context, e);
            return;
        }
        if (route.authentication != null) {
            route.authentication.authenticate((ResteasyReactiveClientRequestContext) context, request, httpClient);
        } else {
            calls.emulatedAccount().ifPresent(account -> EmulatedDestination.apply(context, request, account));
            HeaderPrecedence.addConfigured(request);
            // As for authenticated calls of the client: otherwise, the route would depend on which of them is the first one.
            httpClient.keepFromProxy(context.getUri());
        }
    }

    /** Whether the call is authenticated according to the build. */
    public boolean authenticates(ClientRequestContext context) {
        Method method = method(context);
        Route route = method == null ? null : routes.get(method);
        return route == null ? calls.isAuthenticated(method) : route.authentication != null;
    }

    private Route route(ClientRequestContext context) {
        Method method = method(context);
        Route route = method == null ? null : routes.get(method);
        if (route == null) {
            RequestAuthentication authentication = calls.authentication(method);
            route = new Route(authentication);
            if (method != null) {
                routes.put(method, route);
            }
        }
        return route;
    }

    private static Method method(ClientRequestContext context) {
        return (Method) context.getProperty(RestClientRequestContext.INVOKED_METHOD_PROP);
    }
}
