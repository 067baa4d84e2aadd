package io.quarkiverse.hume.deployment.rest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.eclipse.microprofile.config.Config;
import org.jboss.jandex.ClassInfo;

import io.quarkiverse.hume.deployment.config.ConfiguredKeys;
import io.quarkiverse.hume.runtime.name.AccountName;
import io.quarkus.rest.client.reactive.deployment.RegisteredRestClientBuildItem;
import io.smallrye.config.Expressions;

/** The settings that a client takes from its account if it does not specify them: URL, TLS configuration and proxy. */
final class ClientDefaults {

    private static final List<String> TRANSPORT = List.of("tls-configuration-name", "proxy-configuration-name");

    private final AuthenticatedClient client;
    private final Optional<String> configKey;
    private final Config config;
    private final Set<String> emulated;
    private final boolean ownUrl;
    private final boolean ownBaseUri;

    private ClientDefaults(AuthenticatedClient client, RegisteredRestClientBuildItem bean, Config config,
            Set<String> emulated) {
        this.client = client;
        this.emulated = emulated;
        this.configKey = bean.getConfigKey();
        this.config = config;
        this.ownBaseUri = bean.getDefaultBaseUri().filter(uri -> !uri.isEmpty()).isPresent();
        this.ownUrl = ownBaseUri || urlProperties().stream().anyMatch(this::hasValue);
    }

    /**
     * Returns the defaults of the authenticated clients that are beans.
     *
     * @param emulated the accounts for which the emulator replaces Hume
     */
    static List<ClientDefaults> of(HumeRestClientsBuildItem clients, List<RegisteredRestClientBuildItem> beans, Config config,
            Set<String> emulated) {
        List<ClientDefaults> defaults = new ArrayList<>();
        for (RegisteredRestClientBuildItem bean : beans) {
            AuthenticatedClient client = clients.client(bean.getClassInfo().name().toString());
            if (client != null && !client.accounts().isEmpty()) {
                defaults.add(new ClientDefaults(client, bean, config, emulated));
            }
        }
        return defaults;
    }

    AuthenticatedClient client() {
        return client;
    }

    /** The properties that are added to the running application's configuration as defaults. */
    Map<String, String> properties() {
        Map<String, String> properties = new LinkedHashMap<>();
        String prefix = "quarkus.rest-client.\"" + client.name() + "\".";
        String account = client.account();
        if (!ownBaseUri) {
            properties.put(prefix + "url", ConfiguredKeys.baseUrl(accountOfUrl()));
        }
        TRANSPORT.forEach(key -> properties.put(prefix + key, "${" + AccountName.property(account, key) + ":}"));
        return properties;
    }

    /**
     * The account whose base URL the client has. If only some of its accounts are emulated, this is one of the others: calls of
     * emulated accounts are led from Hume's address to the emulator, but not the other way round.
     */
    private String accountOfUrl() {
        return !emulated.contains(client.account()) ? client.account()
                : client.accounts().stream().filter(account -> !emulated.contains(account)).findFirst()
                        .orElse(client.account());
    }

    /**
     * Whether the accounts of the client's calls must have the same base URL, because the client uses several accounts and has
     * no URL.
     */
    boolean sharesBaseUrl() {
        return client.accounts().size() > 1 && !ownUrl;
    }

    /** A sentence for each setting in which the accounts of a client's calls differ, but of which the client has only one. */
    List<String> violations() {
        List<String> violations = new ArrayList<>();
        if (sharesBaseUrl() && differ(values("base-url"))) {
            violations.add(violation("base-url", "url", "the base URLs of these accounts differ, and the client has no URL of"
                    + " its own"));
        }
        for (String key : TRANSPORT) {
            if (!isSet(key) && differ(values(key))) {
                violations.add(violation(key, key, "these accounts differ in " + key + ", and the client has none of its own"));
            }
        }
        return violations;
    }

    private String violation(String accountKey, String clientKey, String problem) {
        Map<String, String> calls = new TreeMap<>();
        client.calls().stream().filter(call -> call.declaration() != null)
                .forEach(call -> calls.putIfAbsent(call.authentication().account(), call.name() + "()"));
        List<String> examples = new ArrayList<>();
        calls.forEach((account, call) -> examples.add(call + " with " + AccountName.describe(account)));
        List<String> properties = calls.keySet().stream().map(account -> AccountName.property(account, accountKey)).toList();
        return "The REST client " + client.name() + " calls " + String.join(" and ", examples) + ", but " + problem + ". Set "
                + "quarkus.rest-client." + configKey.orElse("\"" + client.name() + "\"") + "." + clientKey + ", give "
                + String.join(" and ", properties) + " the same value, or make a client for each account";
    }

    private static boolean differ(Set<String> values) {
        return values.size() > 1;
    }

    /** Returns the unresolved values of a setting, so expressions are equal only if their texts are equal. */
    private Set<String> values(String key) {
        Set<String> values = new LinkedHashSet<>();
        ConfiguredKeys keys = new ConfiguredKeys(config);
        for (String account : client.accounts()) {
            String value = keys.rawText(account, key);
            values.add(value != null ? value.trim().replaceFirst("/+$", "")
                    : key.equals("base-url") ? ConfiguredKeys.DEFAULT_BASE_URL : "");
        }
        return values;
    }

    private boolean isSet(String key) {
        return propertyNames(key).stream().anyMatch(this::hasValue);
    }

    /** The names that a property of the client can have, that with the full name of the interface first. */
    List<String> propertyNames(String key) {
        ClassInfo type = client.type();
        Set<String> names = new LinkedHashSet<>(List.of("\"" + client.name() + "\"", client.name(), type.simpleName(),
                "\"" + type.simpleName() + "\""));
        configKey.ifPresent(own -> names.addAll(List.of(own, "\"" + own + "\"")));
        return names.stream().map(name -> "quarkus.rest-client." + name + "." + key).toList();
    }

    /** The names of the properties that give the client a URL of its own, the one that has a default value first. */
    List<String> urlProperties() {
        List<String> names = new ArrayList<>(propertyNames("url"));
        names.addAll(propertyNames("uri"));
        names.addAll(propertyNames("override-uri"));
        for (String name : new LinkedHashSet<>(List.of(client.name(), configKey.orElse(client.name())))) {
            names.add(name + "/mp-rest/url");
            names.add(name + "/mp-rest/uri");
        }
        return names;
    }

    /** The values that the build may have given to the URL of the client. */
    Set<String> defaultUrls() {
        return client.accounts().stream().map(ConfiguredKeys::baseUrl).collect(Collectors.toCollection(TreeSet::new));
    }

    private boolean hasValue(String property) {
        return Expressions.withoutExpansion(() -> config.getConfigValue(property)).getRawValue() != null;
    }
}
