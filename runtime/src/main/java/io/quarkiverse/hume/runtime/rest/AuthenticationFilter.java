package io.quarkiverse.hume.runtime.rest;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;

import org.jboss.resteasy.reactive.client.impl.RestClientRequestContext;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientRequestContext;

import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.runtime.account.Account;
import io.quarkiverse.hume.runtime.account.AccountRegistry;
import io.quarkiverse.hume.runtime.credential.RequestCredential;

/** Authenticates the calls of one REST client, each method as it is annotated. */
final class AuthenticationFilter implements ClientRequestFilter {

    /** Where the credential of a method comes from, looked up once. */
    private record Route(Account account, RequestCredential credential) {

        static final Route NONE = new Route(null, null);
    }

    private final String client;
    private final ClientAuthentications authentications;
    private final AccountRegistry accounts;
    private final Map<Method, Route> routes = new ConcurrentHashMap<>();
    private final Route withoutMethod;

    AuthenticationFilter(String client, ClientAuthentications authentications, AccountRegistry accounts) {
        this.client = client;
        this.authentications = authentications;
        this.accounts = accounts;
        this.withoutMethod = route(null);
    }

    @Override
    public void filter(ClientRequestContext context) {
        Object method = context.getProperty(RestClientRequestContext.INVOKED_METHOD_PROP);
        ResteasyReactiveClientRequestContext request = (ResteasyReactiveClientRequestContext) context;
        Route route;
        try {
            route = method instanceof Method ? route((Method) method, routes) : withoutMethod;
        } catch (HumeAuthenticationException e) {
            RequestAuthentication.fail(request, e);
            return;
        }
        if (route.account != null) {
            RequestAuthentication.authenticate(request, route.account, route.credential);
        }
    }

    private Route route(Method method, Map<Method, Route> known) {
        Route route = known.get(method);
        if (route == null) {
            route = route(method);
            known.put(method, route);
        }
        return route;
    }

    private Route route(Method method) {
        ClientAuthentication authentication = authentications.of(client, method);
        if (authentication == null) {
            return Route.NONE;
        }
        Account account = accounts.get(authentication.account());
        return new Route(account, account.credential(authentication.strategy()));
    }
}
