package io.quarkiverse.hume.runtime.rest;

import java.util.HashSet;
import java.util.Set;

import jakarta.ws.rs.client.ClientRequestFilter;

import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.rest.client.RestClientBuilder;
import org.jboss.resteasy.reactive.client.api.QuarkusRestClientProperties;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientRequestContext;

import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.HumeRequestFilter;
import io.quarkiverse.hume.HumeStrategy;
import io.quarkiverse.hume.runtime.account.Account;
import io.quarkiverse.hume.runtime.account.AccountRegistry;
import io.quarkiverse.hume.runtime.credential.RequestCredential;

/** Equips REST clients as they are built, and makes what is behind {@link HumeRequestFilter}. */
public final class RestClientSupport implements HumeRequestFilter.Factory {

    private final ClientAuthentications authentications;
    private final AccountRegistry accounts;

    public RestClientSupport(ClientAuthentications authentications, AccountRegistry accounts) {
        this.authentications = authentications;
        this.accounts = accounts;
    }

    void equip(Class<?> client, RestClientBuilder builder) {
        boolean authenticated = authentications.clients().contains(client.getName());
        if (authenticated) {
            builder.register(new AuthenticationFilter(client.getName(), authentications, accounts),
                    HumeRequestFilter.PRIORITY);
        }
        if (authenticated || authentications.masked().contains(client.getName())
                || builder.getConfiguration().isRegistered(HumeRequestFilter.class)) {
            mask(builder);
        }
    }

    /**
     * As a property of the client, because the global list does not apply to a client with a logging configuration of its
     * own. What either names stays masked.
     */
    private static void mask(RestClientBuilder builder) {
        Set<String> masked = new HashSet<>();
        Object own = builder.getConfiguration().getProperty(QuarkusRestClientProperties.LOGGING_MASKED_HEADERS);
        if (own instanceof Set) {
            ((Set<?>) own).forEach(name -> masked.add(name.toString()));
        } else {
            ConfigProvider.getConfig().getOptionalValues("quarkus.rest-client.logging.masked-headers", String.class)
                    .ifPresent(masked::addAll);
        }
        masked.add(RequestCredential.AUTHORIZATION_HEADER);
        masked.add(RequestCredential.API_KEY_HEADER);
        builder.property(QuarkusRestClientProperties.LOGGING_MASKED_HEADERS, masked);
    }

    @Override
    public ClientRequestFilter create(String accountName, HumeStrategy strategy) {
        RequestAuthentication authentication;
        try {
            Account account = accounts.get(accountName);
            authentication = new RequestAuthentication(account, account.credential(strategy));
        } catch (HumeAuthenticationException e) {
            return context -> RequestAuthentication.fail((ResteasyReactiveClientRequestContext) context, e);
        }
        return context -> authentication.authenticate((ResteasyReactiveClientRequestContext) context);
    }
}
