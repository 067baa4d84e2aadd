package io.quarkiverse.hume.runtime.rest.call;

import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.impl.ProxyFilter;

/**
 * Makes requests in plain http to loopback addresses bypass the proxy of an HTTP client, because the proxy could read the
 * credential. Connections with TLS use the proxy, because it cannot read their data.
 */
final class ProxyBypass implements Predicate<SocketAddress> {

    private final Configured proxies;

    /** The loopback addresses, with their ports, for which the proxy is bypassed. There are only a few of them. */
    private final Set<SocketAddress> direct = ConcurrentHashMap.newKeySet();

    ProxyBypass(Configured proxies) {
        this.proxies = proxies;
    }

    /** @return whether the address is new and the proxy would have applied to it */
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

    /** The addresses to which the configured proxy of an HTTP client applies. */
    interface Configured {

        boolean applyTo(SocketAddress address);

        /** @return {@code null} if no proxy is configured */
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
