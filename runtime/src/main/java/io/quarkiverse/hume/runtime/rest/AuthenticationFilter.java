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

/** Authenticates the calls of one REST client, each method as it is annotated. */
final class AuthenticationFilter implements ClientRequestFilter {

    /** How a method is authenticated, looked up once; without an authentication, not at all. */
    private record Route(RequestAuthentication authentication) {

        static final Route NONE = new Route(null);
    }

    private final String client;
    private final ClientAuthentications authentications;
    private final AccountRegistry accounts;
    private final Map<Method, Route> routes = new ConcurrentHashMap<>();

    AuthenticationFilter(String client, ClientAuthentications authentications, AccountRegistry accounts) {
        this.client = client;
        this.authentications = authentications;
        this.accounts = accounts;
    }

    @Override
    public void filter(ClientRequestContext context) {
        Object method = context.getProperty(RestClientRequestContext.INVOKED_METHOD_PROP);
        ResteasyReactiveClientRequestContext request = (ResteasyReactiveClientRequestContext) context;
        // Also for methods without authentication: their connections are used again by the others.
        HttpClientGuard.of(((ClientRequestContextImpl) context).getRestClientRequestContext());
        Route route;
        try {
            route = method instanceof Method ? known((Method) method) : route(null);
        } catch (HumeAuthenticationException e) {
            RequestAuthentication.fail(request, e);
            return;
        }
        if (route.authentication != null) {
            route.authentication.authenticate(request);
        }
    }

    private Route known(Method method) {
        Route route = routes.get(method);
        if (route == null) {
            route = route(method);
            routes.put(method, route);
        }
        return route;
    }

    private Route route(Method method) {
        ClientAuthentication authentication = authentications.of(client, method);
        if (authentication == null) {
            return Route.NONE;
        }
        Account account = accounts.get(authentication.account());
        return new Route(new RequestAuthentication(account, account.credential(authentication.strategy())));
    }
}
