package io.quarkiverse.hume.runtime.transport;

import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import io.quarkiverse.hume.runtime.credential.TrustedHosts;
import io.quarkiverse.hume.runtime.log.HumeLog;
import io.quarkus.arc.Arc;
import io.quarkus.proxy.ProxyConfiguration;
import io.quarkus.proxy.ProxyConfigurationRegistry;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;

/**
 * Applies the TLS and the proxy configuration of the account to a connection, unless the application has configured the
 * connection itself.
 */
public final class WebSocketRoute {

    /** The origins for which the bypass of the proxy has been logged. They are loopback addresses, so there are only a few. */
    private static final Set<String> BYPASSED = ConcurrentHashMap.newKeySet();

    private final TransportSettings settings;

    public WebSocketRoute(TransportSettings settings) {
        this.settings = settings;
    }

    /**
     * @param destination the checked destination of the connection
     * @param connection the options of the connection, including those that the application has set
     * @param options the options of the client, including those that the application has set
     * @param tlsConfigurationName sets the TLS configuration of the connector; not called if the application has set keys or
     *        certificates
     */
    public void apply(URI destination, WebSocketConnectOptions connection, WebSocketClientOptions options,
            Consumer<String> tlsConfigurationName) {
        boolean secured = options.getTrustOptions() != null || options.getKeyCertOptions() != null || options.isTrustAll();
        if (!secured) {
            settings.tlsConfigurationName().ifPresent(tlsConfigurationName);
        }
        if (options.getProxyOptions() == null && connection.getProxyOptions() == null) {
            proxy().ifPresent(proxy -> route(options, proxy));
        }
        if (!TrustedHosts.isEncrypted(destination.getScheme())) {
            connectDirectly(destination, connection, options);
        }
        if (options.getLogActivity()) {
            options.setLogActivity(false);
            HumeLog.LOG.bytesOfHandshakesNotLogged();
        }
    }

    /** Removes the proxy. Plain text is allowed for loopback addresses only, and a proxy could read it. */
    private static void connectDirectly(URI destination, WebSocketConnectOptions connection, WebSocketClientOptions options) {
        boolean proxied = options.getProxyOptions() != null || connection.getProxyOptions() != null;
        options.setProxyOptions(null);
        connection.setProxyOptions(null);
        String origin = destination.getScheme() + "://" + destination.getHost()
                + (destination.getPort() == -1 ? "" : ":" + destination.getPort());
        if (proxied && BYPASSED.add(origin)) {
            HumeLog.LOG.proxyBypassed(origin);
        }
    }

    /** Returns the proxy configuration of the account; without a name, the default one, as for REST clients. */
    private Optional<ProxyConfiguration> proxy() {
        Optional<String> name = settings.proxyConfigurationName();
        return name.filter(ProxyConfigurationRegistry.NONE::equals).isPresent() ? Optional.empty()
                : Arc.container().select(ProxyConfigurationRegistry.class).get().get(name);
    }

    private static void route(WebSocketClientOptions options, ProxyConfiguration proxy) {
        options.setProxyOptions(ClientRoute.proxy(proxy).options());
        proxy.nonProxyHosts().ifPresent(options::setNonProxyHosts);
    }
}
