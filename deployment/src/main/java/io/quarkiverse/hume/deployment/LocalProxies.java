package io.quarkiverse.hume.deployment;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationValue;

import io.quarkiverse.hume.HumeAccount;
import io.quarkus.rest.client.reactive.spi.RestClientHttpProxyBuildItem;
import io.quarkus.restclient.config.RestClientsBuildTimeConfig.RestClientBuildConfig;
import io.quarkus.restclient.config.deployment.RestClientsBuildTimeConfigBuildItem;
import io.smallrye.config.Expressions;
import io.smallrye.config.SmallRyeConfig;

/** The local proxies ({@code enable-local-proxy}) of clients whose URL is that of their account. */
final class LocalProxies {

    private static final String BASE_URL = "https://api.hume.ai";

    private final RestClientsBuildTimeConfigBuildItem restClients;
    private final SmallRyeConfig config;
    private final Set<String> accounts;
    private final HumeEmulatorBuildItem emulator;

    /** @param emulator {@code null} if there is none */
    LocalProxies(RestClientsBuildTimeConfigBuildItem restClients, Set<String> named, HumeEmulatorBuildItem emulator) {
        this.restClients = restClients;
        this.config = restClients.getConfig();
        this.accounts = new TreeSet<>(named);
        this.accounts.add(HumeAccount.DEFAULT);
        this.emulator = emulator;
    }

    /** @return empty if the client wants none, or if Quarkus sees its URL and makes the proxy */
    Optional<RestClientHttpProxyBuildItem> of(AuthenticatedClient client) {
        RestClientBuildConfig settings = restClients.getRestClientsBuildTimeConfig().clients().get(client.name());
        if (settings == null || !settings.enableLocalProxy() || client.accounts().isEmpty() || isSeen(client)) {
            return Optional.empty();
        }
        String url = resolved(url(client));
        if (url.contains("${")) {
            HumeBuildLog.LOG.localProxyWithoutUrl(client.name(), url);
            return Optional.empty();
        }
        return Optional.of(new RestClientHttpProxyBuildItem(client.name(), url, settings.localProxyProvider()));
    }

    private boolean isSeen(AuthenticatedClient client) {
        return properties(client).anyMatch(property -> config.getOptionalValue(property, String.class).isPresent());
    }

    /** As it is written, in the configuration or the annotation; without one, the account's. */
    private String url(AuthenticatedClient client) {
        Optional<String> configured = Expressions.withoutExpansion(() -> properties(client)
                .map(property -> config.getConfigValue(property).getRawValue()).filter(raw -> raw != null && !raw.isBlank())
                .findFirst());
        AnnotationInstance registered = client.type().declaredAnnotation(ClientIndex.REGISTER_REST_CLIENT);
        AnnotationValue baseUri = registered == null ? null : registered.value("baseUri");
        return configured.orElseGet(() -> baseUri != null && !baseUri.asString().isBlank() ? baseUri.asString()
                : baseUrl(client.account()));
    }

    private static Stream<String> properties(AuthenticatedClient client) {
        return Stream.of("url", "uri").map(key -> "quarkus.rest-client.\"" + client.name() + "\"." + key);
    }

    /** What the running application sees in place of the expressions for the base URLs of accounts. */
    private String resolved(String url) {
        String resolved = url;
        for (String account : accounts) {
            resolved = resolved.replace("${" + ConfiguredKeys.property(account, "base-url") + "}", baseUrl(account))
                    .replace(ConfiguredKeys.baseUrl(account), baseUrl(account));
        }
        return resolved;
    }

    private String baseUrl(String account) {
        if (emulator != null && emulator.accounts().contains(account)) {
            return emulator.address().toString();
        }
        return config.getOptionalValue(ConfiguredKeys.property(account, "base-url"), String.class).orElse(BASE_URL);
    }
}
