package io.quarkiverse.hume.runtime.account;

import io.quarkus.proxy.ProxyConfiguration;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;

/** The way through a proxy of the proxy registry, for clients that are built here; the builder takes only its parts. */
public final class ProxyRoute {

    private ProxyRoute() {
    }

    public static void set(ProxyConfiguration proxy, QuarkusRestClientBuilder builder) {
        builder.proxyAddress(proxy.host(), proxy.port());
        proxy.username().ifPresent(builder::proxyUser);
        proxy.password().ifPresent(builder::proxyPassword);
        proxy.proxyConnectTimeout().ifPresent(builder::proxyConnectTimeout);
        // Separated as in the JDK's http.nonProxyHosts, which is what the client splits at.
        proxy.nonProxyHosts().ifPresent(hosts -> builder.nonProxyHosts(String.join("|", hosts)));
    }
}
