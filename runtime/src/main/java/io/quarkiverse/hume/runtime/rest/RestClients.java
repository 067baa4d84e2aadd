package io.quarkiverse.hume.runtime.rest;

import java.lang.reflect.Method;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;

import org.eclipse.microprofile.config.Config;
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
import io.quarkiverse.hume.runtime.name.AccountName;
import io.quarkiverse.hume.runtime.rest.call.AuthenticationFilter;
import io.quarkiverse.hume.runtime.rest.call.CallCredential;
import io.quarkiverse.hume.runtime.rest.call.RequestAuthentication;
import io.quarkiverse.hume.runtime.transport.ServerVerification;
import io.quarkiverse.hume.runtime.transport.TransportSettings;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.smallrye.config.Expressions;

/** Registers the filters that authenticate a REST client when the client is built. */
@Singleton
public class RestClients implements HumeRequestFilter.Factory {

    private static final String ALL_CLIENTS_PROXY = "quarkus.rest-client.proxy-address";

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
        private final Optional<Account> onlyAccount;

        private Calls(ClientAuthentications.Client client) {
            this.client = client;
            Set<String> names = client.authenticated().values().stream().map(ClientAuthentication::account)
                    .collect(Collectors.toSet());
            this.onlyAccount = names.size() != 1 ? Optional.empty()
                    : accounts.get().all().stream().filter(account -> names.contains(account.name())).findFirst();
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
        public Optional<Account> onlyAccount() {
            return onlyAccount;
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
     * stay masked.
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

    /**
     * Emulated accounts have the base URL of the emulator, and not the one that they share with the others in production.
     *
     * @throws ConfigurationException if the client has no URL and its accounts have different base URLs
     */
    void requireOneBaseUrl(String client, Set<String> names) {
        Map<String, URI> baseUrls = new TreeMap<>();
        names.stream().map(accounts.get()::get).filter(account -> !account.isEmulated())
                .forEach(account -> baseUrls.put(account.name(), account.baseUrl()));
        if (new HashSet<>(baseUrls.values()).size() > 1) {
            throw new ConfigurationException("The REST client " + client + " calls with the Hume accounts "
                    + baseUrls.keySet() + ", whose base URLs differ " + baseUrls.values()
                    + ", and it has no URL of its own. Set quarkus.rest-client.\"" + client
                    + "\".url, or make a client for each account");
        }
    }

    /**
     * Quarkus prefers the proxy address of all clients to the proxy configuration of one client, which is where a client takes
     * the proxy of its account from.
     *
     * @param ownProxy the names that the property for a proxy address of the client's own can have
     * @throws ConfigurationException if the calls of the client would not use the proxy of the account
     */
    void requireProxyOfTheAccount(String account, List<String> ownProxy) {
        Config config = ConfigProvider.getConfig();
        if (!isSet(config, ALL_CLIENTS_PROXY) || ownProxy.stream().anyMatch(name -> isSet(config, name))) {
            return;
        }
        String used = config.getValue(ALL_CLIENTS_PROXY, String.class);
        // Both may be "none".
        if (accounts.get().all().stream().filter(candidate -> candidate.name().equals(account))
                .flatMap(candidate -> candidate.transport().proxyConfigurationName().stream())
                .anyMatch(name -> !name.equals(used))) {
            throw new ConfigurationException(AccountName.property(account, "proxy-configuration-name")
                    + " would not apply to all REST clients, because Quarkus prefers " + ALL_CLIENTS_PROXY
                    + ". Replace it with a proxy configuration and quarkus.rest-client.proxy-configuration-name. If this client"
                    + " should use another proxy than its account, set " + ownProxy.get(0), Set.of(ALL_CLIENTS_PROXY));
        }
    }

    void checkServerVerification(Map<String, String> clients, TlsConfigurationRegistry tls) {
        Map<String, TransportSettings> settings = new TreeMap<>();
        clients.forEach((client, name) -> accounts.get().all().stream().filter(account -> account.name().equals(name))
                .forEach(account -> settings.put(client, account.transport())));
        ServerVerification.checkRestClients(tls, settings);
    }

    /** For Quarkus, a blank address is none. */
    private static boolean isSet(Config config, String property) {
        return config.getOptionalValue(property, String.class).filter(value -> !value.isBlank()).isPresent();
    }

    /**
     * A client has one TLS configuration and one proxy, by default those of one of its accounts.
     *
     * @param defaultAccount the account whose settings the client has by default
     * @param ownTls the names that the property for a TLS configuration of the client's own can have, the one with the default
     *        first
     * @param ownProxy the same for a proxy configuration
     * @throws ConfigurationException if calls of the client would use the TLS configuration or the proxy of another account
     */
    void requireOneTransport(String client, String defaultAccount, Set<String> names, List<String> ownTls,
            List<String> ownProxy) {
        requireOne(client, "tls-configuration-name", defaultAccount, names, ownTls, TransportSettings::tlsConfigurationName);
        requireOne(client, "proxy-configuration-name", defaultAccount, names, ownProxy,
                TransportSettings::proxyConfigurationName);
    }

    private void requireOne(String client, String key, String defaultAccount, Set<String> names, List<String> own,
            Function<TransportSettings, Optional<String>> setting) {
        Map<String, String> values = new TreeMap<>();
        accounts.get().all().stream().filter(account -> names.contains(account.name()))
                .forEach(account -> values.put(account.name(), setting.apply(account.transport()).orElse("")));
        Config config = ConfigProvider.getConfig();
        // The build has set the first name to a reference to the account's property.
        String reference = Expressions.withoutExpansion(() -> config.getConfigValue(own.get(0)).getRawValue());
        boolean ownValue = own.stream().skip(1).anyMatch(name -> isSet(config, name))
                || !("${" + AccountName.property(defaultAccount, key) + ":}").equals(reference);
        if (new HashSet<>(values.values()).size() > 1 && !ownValue) {
            throw new ConfigurationException("The REST client " + client + " calls with the Hume accounts " + values.keySet()
                    + ", which differ in " + key + " " + values.values() + ", and it has none of its own. Set " + own.get(0)
                    + ", or make a client for each account", Set.of(own.get(0)));
        }
    }
}
