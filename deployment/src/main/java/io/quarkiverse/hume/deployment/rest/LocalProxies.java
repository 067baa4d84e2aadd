package io.quarkiverse.hume.deployment.rest;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationValue;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.deployment.config.ConfiguredKeys;
import io.quarkiverse.hume.deployment.index.ClientIndex;
import io.quarkiverse.hume.deployment.message.HumeBuildLog;
import io.quarkiverse.hume.deployment.spi.HumeEmulatorBuildItem;
import io.quarkiverse.hume.runtime.config.AccountConfigValidator;
import io.quarkiverse.hume.runtime.credential.TrustedHosts;
import io.quarkiverse.hume.runtime.name.AccountName;
import io.quarkus.rest.client.reactive.spi.RestClientHttpProxyBuildItem;
import io.quarkus.restclient.config.RestClientsBuildTimeConfig.RestClientBuildConfig;
import io.quarkus.restclient.config.deployment.RestClientsBuildTimeConfigBuildItem;
import io.smallrye.common.expression.Expression;
import io.smallrye.config.Expressions;
import io.smallrye.config.SmallRyeConfig;

/**
 * Creates the local proxies ({@code enable-local-proxy}) of clients whose URL comes from their account or from the annotation.
 */
final class LocalProxies {

    private final RestClientsBuildTimeConfigBuildItem restClients;
    private final SmallRyeConfig config;
    private final Set<String> accounts;
    private final HumeEmulatorBuildItem emulator;
    private final List<String> violations = new ArrayList<>();

    /** @param emulator the emulator; {@code null} if there is none */
    LocalProxies(RestClientsBuildTimeConfigBuildItem restClients, Set<String> named, HumeEmulatorBuildItem emulator) {
        this.restClients = restClients;
        this.config = restClients.getConfig();
        this.accounts = new TreeSet<>(named);
        this.accounts.add(HumeAccount.DEFAULT);
        this.emulator = emulator;
    }

    /** @return the proxy; empty if the client has no local proxy, or if Quarkus knows its URL and creates the proxy itself */
    Optional<RestClientHttpProxyBuildItem> of(AuthenticatedClient client) {
        RestClientBuildConfig settings = restClients.getRestClientsBuildTimeConfig().clients().get(client.name());
        if (settings == null || !settings.enableLocalProxy() || client.accounts().isEmpty()) {
            return Optional.empty();
        }
        Optional<String> seen = properties(client).map(property -> config.getOptionalValue(property, String.class))
                .flatMap(Optional::stream).findFirst();
        String url = seen.orElseGet(() -> expanded(url(client)));
        if (url.contains("${")) {
            HumeBuildLog.LOG.localProxyWithoutUrl(client.name(), withoutUser(url));
            return Optional.empty();
        }
        if (!url.startsWith("https://") && !url.startsWith("http://")) {
            violations.add(forwards(client, url)
                    + ", but a local proxy knows http and https only: it does not use service discovery, and would send everything in"
                    + " plain text. Set quarkus.rest-client.\"" + client.name() + "\".url to the https address of one instance"
                    + " in the profile that uses the proxy, or remove quarkus.rest-client.\"" + client.name()
                    + "\".enable-local-proxy");
            return Optional.empty();
        }
        if (isEmulated(client) && !isLocal(url)) {
            violations.add(forwards(client, url) + ", but the emulator replaces Hume for "
                    + AccountName.describe(client.account()) + ", so the emulator's keys would be"
                    + " sent there. Remove the URL of the client, so that the proxy forwards to the emulator; or set "
                    + AccountName.property(client.account(), "api-key") + ", or remove quarkus.rest-client.\""
                    + client.name() + "\".enable-local-proxy");
            return Optional.empty();
        }
        if (isEmulated(client) && !emulator.accounts().containsAll(client.accounts()) && isEmulator(url)) {
            violations.add("The local proxy of the REST client " + client.name() + " forwards to the emulator, which does not"
                    + " replace Hume for all accounts of its calls, so keys that may be real would be sent there. Make a client"
                    + " for each account, or remove quarkus.rest-client.\"" + client.name() + "\".enable-local-proxy");
            return Optional.empty();
        }
        Optional<String> untrusted = untrusted(client, url);
        if (untrusted.isPresent()) {
            violations.add(forwards(client, url) + ". Without the proxy, calls fail with this message: \"" + untrusted.get()
                    + "\". Follow this message, or remove quarkus.rest-client.\"" + client.name() + "\".enable-local-proxy");
            return Optional.empty();
        }
        return seen.isPresent() ? Optional.empty()
                : Optional.of(new RestClientHttpProxyBuildItem(client.name(), url, settings.localProxyProvider()));
    }

    /** A sentence for each proxy found so far that would forward a credential to a destination that is not trusted with it. */
    List<String> violations() {
        return violations;
    }

    /**
     * Returns the message with which calls without the proxy fail. At run time, the destination of calls is the proxy, a
     * loopback address, which is trusted.
     */
    private Optional<String> untrusted(AuthenticatedClient client, String address) {
        URI url;
        try {
            url = URI.create(address);
        } catch (IllegalArgumentException e) {
            return Optional.of("the URL is not valid"); // The exception contains the URL, and with it a password.
        }
        return client.accounts().stream().filter(account -> emulator == null || !emulator.accounts().contains(account))
                .map(account -> trustedHosts(account).violation(url)).filter(Objects::nonNull).map(Throwable::getMessage)
                .findFirst();
    }

    private TrustedHosts trustedHosts(String account) {
        URI baseUrl = URI.create(baseUrl(account));
        List<String> patterns = config.getOptionalValues(AccountName.property(account, "trusted-hosts"), String.class)
                .orElse(List.of(AccountConfigValidator.DEFAULT_TRUSTED_HOSTS));
        return emulator == null ? new TrustedHosts(account, baseUrl, patterns, true)
                : TrustedHosts.besideEmulator(account, baseUrl, patterns, true, emulator.address());
    }

    /** Returns the unresolved URL from the configuration or the annotation, or otherwise that of the account. */
    private String url(AuthenticatedClient client) {
        Optional<String> configured = Expressions.withoutExpansion(() -> properties(client)
                .map(property -> config.getConfigValue(property).getRawValue()).filter(raw -> raw != null && !raw.isBlank())
                .findFirst());
        AnnotationInstance registered = client.type().declaredAnnotation(ClientIndex.REGISTER_REST_CLIENT);
        AnnotationValue baseUri = registered == null ? null : registered.value("baseUri");
        return configured.orElseGet(() -> baseUri != null && !baseUri.asString().isBlank() ? baseUri.asString()
                : baseUrl(client.account()));
    }

    /** In the order of their precedence in Quarkus. */
    private static Stream<String> properties(AuthenticatedClient client) {
        return Stream.of("uri", "url").map(key -> "quarkus.rest-client.\"" + client.name() + "\"." + key);
    }

    private static String forwards(AuthenticatedClient client, String url) {
        return "The local proxy of the REST client " + client.name() + " forwards to " + withoutUser(url);
    }

    /** The URL for messages, without a user name and a password. */
    private static String withoutUser(String url) {
        return url.replaceFirst("//.*@", "//***@");
    }

    /** The value at run time. An expression that can be resolved only at run time is returned unchanged. */
    private String expanded(String url) {
        return Expression.compile(url, Expression.Flag.LENIENT_SYNTAX, Expression.Flag.NO_TRIM).evaluate((context, target) -> {
            Optional<String> value = value(context.getKey());
            if (value.isPresent()) {
                target.append(value.get());
            } else if (context.hasDefault()) {
                context.expandDefault();
            } else {
                target.append("${").append(context.getKey()).append('}');
            }
        });
    }

    /** The base URL of an account: the emulator's address if the account is emulated, or the default base URL. */
    private Optional<String> value(String property) {
        for (String account : accounts) {
            if (property.equals(AccountName.property(account, "base-url"))
                    || property.equals("hume.accounts." + account + ".base-url")) {
                return Optional.of(baseUrl(account));
            }
        }
        return config.getOptionalValue(property, String.class);
    }

    private String baseUrl(String account) {
        if (emulator != null && emulator.accounts().contains(account)) {
            return emulator.address().toString();
        }
        return config.getOptionalValue(AccountName.property(account, "base-url"), String.class)
                .orElse(ConfiguredKeys.DEFAULT_BASE_URL);
    }

    private boolean isEmulated(AuthenticatedClient client) {
        return emulator != null && client.accounts().stream().anyMatch(emulator.accounts()::contains);
    }

    private boolean isEmulator(String url) {
        return isLocal(url) && URI.create(url).getPort() == emulator.address().getPort();
    }

    private static boolean isLocal(String url) {
        String host = URI.create(url).getHost();
        return host != null && TrustedHosts.isLoopback(host.toLowerCase(Locale.ROOT));
    }
}
