package io.quarkiverse.hume.runtime.rest.call;

import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.impl.ProxyFilter;

/**
 * Makes plain http to loopback bypass the proxy of an HTTP client, which could read the credential. Connections with TLS keep
 * the proxy, which cannot read them.
 */
final class ProxyBypass implements Predicate<SocketAddress> {

    private final Configured proxies;

    /** Loopback addresses with a port, so there are few. */
    private final Set<SocketAddress> direct = ConcurrentHashMap.newKeySet();

    ProxyBypass(Configured proxies) {
        this.proxies = proxies;
    }

    /** @return whether the address was not known and a proxy applied to it */
    boolean add(URI destination) {
        SocketAddress address = address(destination);
        return direct.add(address) && proxies.applyTo(address);
    }

    /** @return whether the client uses its proxy for a connection */
    @Override
    public boolean test(SocketAddress address) {
        return !direct.contains(address) && proxies.applyTo(address);
    }

    /** The address that the REST client passes to the HTTP client for plain http. */
    static SocketAddress address(URI destination) {
        return SocketAddress.inetSocketAddress(destination.getPort() == -1 ? 80 : destination.getPort(),
                destination.getHost());
    }

    /** The addresses that the proxy of an HTTP client is for. */
    interface Configured {

        boolean applyTo(SocketAddress address);

        /** @return {@code null} without a proxy */
        static Configured of(HttpClientOptions options) {
            if (options.getProxyOptions() == null) {
                return null;
            }
            Predicate<SocketAddress> filter = options.getNonProxyHosts() == null ? ProxyFilter.DEFAULT_PROXY_FILTER
                    : ProxyFilter.nonProxyHosts(options.getNonProxyHosts());
            return filter::test;
        }
    }
}
