package io.quarkiverse.hume.runtime.account;

import java.util.Optional;

import org.eclipse.microprofile.config.ConfigProvider;

import io.quarkus.proxy.ProxyConfiguration;
import io.quarkus.proxy.ProxyConfigurationRegistry;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;

/** The way to Hume, TLS and proxy, for REST clients that are built by the extension itself. */
public final class ClientRoute {

    private final TlsConfigurationRegistry tls;
    private final ProxyConfigurationRegistry proxies;

    public ClientRoute(TlsConfigurationRegistry tls, ProxyConfigurationRegistry proxies) {
        this.tls = tls;
        this.proxies = proxies;
    }

    /**
     * What an account does not say is as for all REST clients. Their TLS configuration the builder does not look for by
     * itself; their proxy it does.
     */
    public void set(TransportSettings account, QuarkusRestClientBuilder builder) {
        TlsConfiguration.from(tls, account.tlsConfigurationName().or(() -> ConfigProvider.getConfig()
                .getOptionalValue("quarkus.rest-client.tls-configuration-name", String.class)))
                .ifPresent(builder::tlsConfiguration);
        account.proxyConfigurationName().flatMap(name -> proxies.get(Optional.of(name)))
                .ifPresent(proxy -> proxy(proxy, builder));
    }

    private static void proxy(ProxyConfiguration proxy, QuarkusRestClientBuilder builder) {
        builder.proxyAddress(proxy.host(), proxy.port());
        proxy.username().ifPresent(builder::proxyUser);
        proxy.password().ifPresent(builder::proxyPassword);
        proxy.proxyConnectTimeout().ifPresent(builder::proxyConnectTimeout);
        // Separated as in the JDK's http.nonProxyHosts, which is what the client splits at.
        proxy.nonProxyHosts().ifPresent(hosts -> builder.nonProxyHosts(String.join("|", hosts)));
    }
}
