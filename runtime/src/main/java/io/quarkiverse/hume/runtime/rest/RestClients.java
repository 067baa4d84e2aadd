package io.quarkiverse.hume.runtime.rest;

import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;

import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.rest.client.RestClientBuilder;
import org.eclipse.microprofile.rest.client.RestClientDefinitionException;
import org.jboss.resteasy.reactive.client.api.QuarkusRestClientProperties;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientRequestContext;

import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.HumeRequestFilter;
import io.quarkiverse.hume.HumeStrategy;
import io.quarkiverse.hume.runtime.account.Account;
import io.quarkiverse.hume.runtime.account.AccountRegistry;
import io.quarkiverse.hume.runtime.config.AccountSettings;
import io.quarkiverse.hume.runtime.rest.call.AuthenticationFilter;
import io.quarkiverse.hume.runtime.rest.call.CallCredential;
import io.quarkiverse.hume.runtime.rest.call.RequestAuthentication;

/** Registers the filters that authenticate a REST client when the client is built. */
@Singleton
public class RestClients implements HumeRequestFilter.Factory {

    private final Instance<AccountRegistry> accounts;
    private final Instance<AccountSettings> settings;
    private volatile ClientAuthentications authentications = ClientAuthentications.NONE;

    /**
     * @param accounts looked up late, like the settings, because clients that do not call Hume may be built before the accounts
     *        exist
     */
    public RestClients(Instance<AccountRegistry> accounts, Instance<AccountSettings> settings) {
        this.accounts = accounts;
        this.settings = settings;
    }

    /** Called once, before any client is built. */
    void use(ClientAuthentications found) {
        authentications = found;
    }

    /**
     * @throws RestClientDefinitionException if declarations about the authentication of the client's calls contradict each
     *         other
     */
    void onNewClient(Class<?> type, RestClientBuilder builder) {
        ClientAuthentications.Client client = authentications.clients().get(type.getName());
        if (client != null && !client.conflict().isEmpty()) {
            throw new RestClientDefinitionException(client.conflict());
        }
        boolean filtered = builder.getConfiguration().isRegistered(HumeRequestFilter.class);
        if (client != null && !filtersForOneAccount(builder)) {
            AuthenticationFilter filter = new AuthenticationFilter(new Calls(client));
            builder.register(filter, HumeRequestFilter.PRIORITY);
            builder.property(AuthenticationFilter.class.getName(), filter);
        }
        if (client != null || filtered) {
            mask(builder);
        }
    }

    /** @throws HumeAuthenticationException if the account is not configured, or it does not support the strategy */
    private RequestAuthentication authentication(ClientAuthentication requested) {
        Account account = accounts.get().get(requested.account());
        return new RequestAuthentication(account, account.credential(requested.strategy()),
                settings.get().retryOnUnauthorized(requested.account()));
    }

    /** The calls of one client. */
    private final class Calls implements AuthenticationFilter.Calls {

        private final ClientAuthentications.Client client;
        private final Optional<Account> emulatedAccount;

        private Calls(ClientAuthentications.Client client) {
            this.client = client;
            Set<String> names = client.authenticated().values().stream().map(ClientAuthentication::account)
                    .collect(Collectors.toSet());
            List<Account> found = accounts.get().all().stream().filter(account -> names.contains(account.name())).toList();
            this.emulatedAccount = found.stream().allMatch(Account::isEmulated) ? found.stream().findFirst() : Optional.empty();
        }

        @Override
        public boolean isAuthenticated(Method method) {
            return client.of(method) != null;
        }

        @Override
        public RequestAuthentication authentication(Method method) {
            ClientAuthentication found = client.of(method);
            return found == null ? null : RestClients.this.authentication(found);
        }

        @Override
        public Optional<Account> emulatedAccount() {
            return emulatedAccount;
        }
    }

    /**
     * Whether the client was built with a filter for a certain account, for instance that of a tenant. Such a filter takes
     * precedence over an annotation.
     */
    private static boolean filtersForOneAccount(RestClientBuilder builder) {
        return builder.getConfiguration().getInstances().stream()
                .anyMatch(instance -> instance instanceof HumeRequestFilter && ((HumeRequestFilter) instance).namesAccount());
    }

    /**
     * Masks the credential headers in the log of the client. This is a property of the client, because the global list does not
     * apply to a client with its own logging configuration. Headers that the application has listed for the client or globally
     * are masked as well.
     */
    private static void mask(RestClientBuilder builder) {
        Set<String> masked = new HashSet<>();
        Object own = builder.getConfiguration().getProperty(QuarkusRestClientProperties.LOGGING_MASKED_HEADERS);
        if (own instanceof Set) {
            ((Set<?>) own).forEach(name -> masked.add(name.toString()));
        }
        ConfigProvider.getConfig().getOptionalValues("quarkus.rest-client.logging.masked-headers", String.class)
                .ifPresent(masked::addAll);
        masked.addAll(CallCredential.HEADERS);
        builder.property(QuarkusRestClientProperties.LOGGING_MASKED_HEADERS, masked);
    }

    @Override
    public ClientRequestFilter create(String account, HumeStrategy strategy) {
        return new RegisteredFilter(new ClientAuthentication(account, strategy));
    }

    /** The implementation of a {@link HumeRequestFilter}. */
    private final class RegisteredFilter implements ClientRequestFilter {

        private final ClientAuthentication requested;
        private volatile RequestAuthentication authentication;

        private RegisteredFilter(ClientAuthentication requested) {
            this.requested = requested;
        }

        @Override
        public void filter(ClientRequestContext context) {
            Object annotated = context.getConfiguration().getProperty(AuthenticationFilter.class.getName());
            if (annotated instanceof AuthenticationFilter && ((AuthenticationFilter) annotated).authenticates(context)) {
                return;
            }
            ResteasyReactiveClientRequestContext request = (ResteasyReactiveClientRequestContext) context;
            try {
                if (authentication == null) {
                    authentication = RestClients.this.authentication(requested);
                }
            } catch (HumeAuthenticationException e) {
                RequestAuthentication.fail(request, e);
                return;
            }
            authentication.authenticate(request);
        }
    }
}
