package io.quarkiverse.hume.runtime.rest;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;

import org.jboss.resteasy.reactive.client.impl.ClientRequestContextImpl;
import org.jboss.resteasy.reactive.client.impl.RestClientRequestContext;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientRequestContext;

import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.runtime.account.Account;
import io.quarkiverse.hume.runtime.account.AccountRegistry;

/** Authenticates the calls of one REST client, each in the way that the build found out. */
final class AuthenticationFilter implements ClientRequestFilter {

    /** How a method is authenticated, looked up once; without an authentication, not at all. */
    private record Route(RequestAuthentication authentication) {

        static final Route NONE = new Route(null);
    }

    private final ClientAuthentications.Client client;
    private final AccountRegistry accounts;
    private final Map<Method, Route> routes = new ConcurrentHashMap<>();

    AuthenticationFilter(ClientAuthentications.Client client, AccountRegistry accounts) {
        this.client = client;
        this.accounts = accounts;
    }

    @Override
    public void filter(ClientRequestContext context) {
        RestClientRequestContext request = ((ClientRequestContextImpl) context).getRestClientRequestContext();
        // Also for methods without authentication: their connections are used again by the others.
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
        }
    }

    /** Whether the build found out that the call is authenticated. */
    boolean authenticates(ClientRequestContext context) {
        Method method = method(context);
        Route route = method == null ? null : routes.get(method);
        return route == null ? client.of(method) != null : route.authentication != null;
    }

    private Route route(ClientRequestContext context) {
        Method method = method(context);
        Route route = method == null ? null : routes.get(method);
        if (route == null) {
            route = route(client.of(method));
            if (method != null) {
                routes.put(method, route);
            }
        }
        return route;
    }

    private Route route(ClientAuthentication authentication) {
        return authentication == null ? Route.NONE : new Route(authentication(accounts, authentication));
    }

    /** @throws HumeAuthenticationException if there is no such account, or it has no such strategy */
    static RequestAuthentication authentication(AccountRegistry accounts, ClientAuthentication authentication) {
        Account account = accounts.get(authentication.account());
        return new RequestAuthentication(account, account.credential(authentication.strategy()));
    }

    private static Method method(ClientRequestContext context) {
        return (Method) context.getProperty(RestClientRequestContext.INVOKED_METHOD_PROP);
    }
}
