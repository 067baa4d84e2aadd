package io.quarkiverse.hume.deployment.rest;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.eclipse.microprofile.config.Config;
import org.jboss.jandex.DotName;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeStrategy;
import io.quarkiverse.hume.deployment.config.ConfiguredKeys;
import io.quarkiverse.hume.deployment.index.HumeAnnotations;
import io.quarkiverse.hume.deployment.rest.GeneratedClients.Client;
import io.quarkiverse.hume.deployment.rest.GeneratedClients.Kind;
import io.quarkiverse.hume.deployment.rest.GeneratedClients.Scheme;
import io.quarkiverse.hume.runtime.rest.ClientAuthentication;
import io.smallrye.config.Expressions;

/**
 * Finds the generated clients that are authenticated although the application does not name them: their OpenAPI document
 * declares a credential of Hume, and the application does not configure this credential for the generator.
 */
final class GeneratedDeclarations {

    /** The annotation on the interface of such a client. */
    static final String SOURCE = "@RegisterProvider(CompositeAuthenticationProvider.class)";

    private final GeneratedClients clients;
    private final Set<String> accounts;
    private final ConfiguredKeys keys;
    private final Config config;

    /** @param named the names of the named accounts */
    GeneratedDeclarations(GeneratedClients clients, Set<String> named, ConfiguredKeys keys, Config config) {
        this.clients = clients;
        this.accounts = new TreeSet<>(named);
        this.accounts.add(HumeAccount.DEFAULT);
        this.keys = keys;
        this.config = config;
    }

    /** @param declared the clients that properties name, which take precedence */
    Map<DotName, Declaration> with(Map<DotName, Declaration> declared) {
        Map<DotName, Declaration> all = new HashMap<>(declared);
        for (Client client : clients.all()) {
            if (client.schemeOfHume() != null && obstacle(client) == null
                    && !client.type().hasDeclaredAnnotation(HumeAnnotations.AUTHENTICATED)
                    && !ClientResolver.registersFilter(client.type())) {
                all.putIfAbsent(client.type().name(), new Declaration(
                        new ClientAuthentication(candidates(client).get(0), HumeStrategy.AUTO), client.type(), null, SOURCE));
            }
        }
        return all;
    }

    /**
     * @return why the generator may be intended to authenticate the client, as the predicate of a sentence; {@code null} if it
     *         is not intended to
     */
    String obstacle(Client client) {
        for (Scheme scheme : client.schemes()) {
            for (String property : scheme.properties()) {
                if (isSet(property)) {
                    return "is authenticated by the generator with " + property;
                }
            }
            if (scheme.kind() == Kind.OAUTH2) {
                return "is authenticated by the generator with tokens of an OIDC client, as its security scheme "
                        + scheme.name() + " declares";
            }
        }
        if (!clients.ownProviders().isEmpty()) {
            return "is authenticated by the generator with the credentials of " + clients.ownProviders().get(0);
        }
        return candidates(client).size() == 1 ? null
                : "could use any of the Hume accounts " + candidates(client) + ", whose base URL it has";
    }

    /**
     * @return the default account if its base URL or that of no account has the client's host; otherwise the accounts whose
     *         base URL has this host
     */
    private List<String> candidates(Client client) {
        List<String> found = client.host() == null ? List.of()
                : accounts.stream().filter(account -> client.host().equals(host(account))).toList();
        return found.isEmpty() || found.contains(HumeAccount.DEFAULT) ? List.of(HumeAccount.DEFAULT) : found;
    }

    private String host(String account) {
        String baseUrl = keys.rawText(account, "base-url");
        return GeneratedClients.host(baseUrl == null ? ConfiguredKeys.DEFAULT_BASE_URL : baseUrl);
    }

    /** An expression counts even if its variable is not set. {@code false} has the same meaning as no value. */
    boolean isSet(String property) {
        String raw = Expressions.withoutExpansion(() -> config.getConfigValue(property)).getRawValue();
        return raw != null && !raw.isBlank() && !raw.trim().equalsIgnoreCase("false");
    }
}
