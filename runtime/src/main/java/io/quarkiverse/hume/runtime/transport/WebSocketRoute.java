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

/** Applies TLS and proxy of the account to a connection, unless the application has configured them. */
public final class WebSocketRoute {

    /** Origins of which it has been said; loopback addresses, so there are few. */
    private static final Set<String> BYPASSED = ConcurrentHashMap.newKeySet();

    private final TransportSettings settings;

    public WebSocketRoute(TransportSettings settings) {
        this.settings = settings;
    }

    /**
     * @param destination of the connection, as it was examined
     * @param connection with all that the application has set
     * @param options of the client that connects, with all that the application has set
     * @param tlsConfigurationName of the connector; not called if the application has set keys or certificates
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

    /** Plain text is for loopback only, and a proxy could read it. */
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

    /** Without a name it is the default proxy, as for REST clients. */
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
