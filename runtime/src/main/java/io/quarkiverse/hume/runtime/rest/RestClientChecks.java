package io.quarkiverse.hume.runtime.rest;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

import io.quarkiverse.hume.runtime.account.Account;
import io.quarkiverse.hume.runtime.account.AccountRegistry;
import io.quarkiverse.hume.runtime.name.AccountName;
import io.quarkiverse.hume.runtime.transport.ServerVerification;
import io.quarkiverse.hume.runtime.transport.TransportSettings;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.smallrye.config.Expressions;

/**
 * Checks the settings of REST clients when the application starts, because they may differ from those that the build has seen.
 */
final class RestClientChecks {

    private static final String ALL_CLIENTS_PROXY = "quarkus.rest-client.proxy-address";

    private final AccountRegistry accounts;

    RestClientChecks(AccountRegistry accounts) {
        this.accounts = accounts;
    }

    /**
     * Emulated accounts have the base URL of the emulator, and not the one that they share with the others in production.
     *
     * @param ownUrl the names of the properties that give the client a URL, the one with the default first
     * @param defaultUrls the values that the build may have given to the first of them
     * @throws ConfigurationException if the client has no URL and its accounts have different base URLs
     */
    void requireOneBaseUrl(String client, Set<String> names, List<String> ownUrl, Set<String> defaultUrls) {
        Map<String, String> baseUrls = new TreeMap<>();
        names.stream().map(accounts::get).filter(account -> !account.isEmulated())
                .forEach(account -> baseUrls.put(account.name(), account.baseUrl().toString().replaceFirst("/+$", "")));
        if (new HashSet<>(baseUrls.values()).size() > 1 && !hasOwnValue(ownUrl, defaultUrls)) {
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
        if (accounts.find(account).flatMap(found -> found.transport().proxyConfigurationName())
                .filter(name -> !name.equals(used)).isPresent()) {
            throw new ConfigurationException(AccountName.property(account, "proxy-configuration-name")
                    + " would not apply to all REST clients, because Quarkus prefers " + ALL_CLIENTS_PROXY
                    + ". Replace it with a proxy configuration and quarkus.rest-client.proxy-configuration-name. If this client"
                    + " should use another proxy than its account, set " + ownProxy.get(0), Set.of(ALL_CLIENTS_PROXY));
        }
    }

    /** @param clients the names of the interfaces, each with the account of its calls */
    void checkServerVerification(Map<String, String> clients, TlsConfigurationRegistry tls) {
        Map<String, TransportSettings> settings = new TreeMap<>();
        for (Map.Entry<String, String> client : clients.entrySet()) {
            Optional<Account> account = accounts.find(client.getValue());
            if (account.isPresent()) {
                settings.put(client.getKey(), account.get().transport());
            }
        }
        ServerVerification.checkRestClients(tls, settings);
    }

    /** For Quarkus, a blank address is none. */
    private static boolean isSet(Config config, String property) {
        return !config.getOptionalValue(property, String.class).orElse("").isBlank();
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
        names.forEach(name -> accounts.find(name)
                .ifPresent(account -> values.put(name, setting.apply(account.transport()).orElse(""))));
        if (new HashSet<>(values.values()).size() > 1
                && !hasOwnValue(own, Set.of("${" + AccountName.property(defaultAccount, key) + ":}"))) {
            throw new ConfigurationException("The REST client " + client + " calls with the Hume accounts " + values.keySet()
                    + ", which differ in " + key + " " + values.values() + ", and it has none of its own. Set " + own.get(0)
                    + ", or make a client for each account", Set.of(own.get(0)));
        }
    }

    /** @param defaults what the build may have set the first property to, which are references to properties of accounts */
    private static boolean hasOwnValue(List<String> properties, Set<String> defaults) {
        Config config = ConfigProvider.getConfig();
        String reference = Expressions.withoutExpansion(() -> config.getConfigValue(properties.get(0)).getRawValue());
        return reference != null && !defaults.contains(reference)
                || properties.stream().skip(1).anyMatch(name -> isSet(config, name));
    }
}
