package io.quarkiverse.hume.runtime.transport;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

import io.quarkus.proxy.ProxyConfiguration;
import io.quarkus.proxy.ProxyConfigurationRegistry;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.quarkus.tls.runtime.config.TlsConfigUtils;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;

/** Configures TLS and proxy of the clients that the extension itself builds. */
public final class ClientRoute {

    private static final String REST_CLIENT = "quarkus.rest-client.";

    /** The hosts that bypass the JVM's proxy if the JVM specifies no exceptions, as for REST clients. */
    private static final String LOOPBACK = "localhost|127.*|[::1]";

    private final TlsConfigurationRegistry tls;
    private final ProxyConfigurationRegistry proxies;

    public ClientRoute(TlsConfigurationRegistry tls, ProxyConfigurationRegistry proxies) {
        this.tls = tls;
        this.proxies = proxies;
    }

    /**
     * Configures a REST client. If the account has no TLS or proxy configuration, that of all REST clients applies. The builder
     * applies their proxy itself, but not their TLS configuration.
     */
    public void set(TransportSettings account, QuarkusRestClientBuilder builder) {
        TlsConfiguration.from(tls, tlsConfigurationName(account)).ifPresent(builder::tlsConfiguration);
        account.proxyConfigurationName().flatMap(name -> proxies.get(Optional.of(name)))
                .ifPresent(proxy -> proxy(proxy, builder));
    }

    private static void proxy(ProxyConfiguration proxy, QuarkusRestClientBuilder builder) {
        builder.proxyAddress(proxy.host(), proxy.port());
        proxy.username().ifPresent(builder::proxyUser);
        proxy.password().ifPresent(builder::proxyPassword);
        proxy.proxyConnectTimeout().ifPresent(builder::proxyConnectTimeout);
        // The client expects the hosts to be separated as in the JDK's http.nonProxyHosts.
        proxy.nonProxyHosts().ifPresent(hosts -> builder.nonProxyHosts(String.join("|", hosts)));
    }

    /** The account's TLS configuration, or that of all REST clients; empty for the certificates of the JDK. */
    public Optional<String> tlsConfigurationName(TransportSettings account) {
        return account.tlsConfigurationName().isPresent() ? account.tlsConfigurationName() : setting("tls-configuration-name");
    }

    /**
     * Returns the options for a Vert.x HTTP client. The configuration is read now, and the certificates are read when the
     * supplier is called.
     *
     * @param destination the only destination of the client
     * @throws IllegalArgumentException if {@code quarkus.rest-client.proxy-address} is not a host and a port
     */
    public Supplier<HttpClientOptions> httpClient(TransportSettings account, URI destination) {
        if (!destination.getScheme().equals("https")) {
            // Plain http is allowed for loopback addresses only. A proxy could read the keys, and could not reach the loopback
            // interface of this machine.
            return new HttpOptions(false, Optional.empty(), Optional.empty());
        }
        Optional<TlsConfiguration> secured = TlsConfiguration.from(tls, tlsConfigurationName(account));
        if (account.tlsConfigurationName().isEmpty()) { // That of the account has been checked already.
            secured.ifPresent(configuration -> ServerVerification.check("Requests to " + destination,
                    tlsConfigurationName(account).get(), configuration));
        }
        return new HttpOptions(true, secured, proxy(account));
    }

    /**
     * Creates the options of an HTTP client. This is a class because a lambda expression would load the large class of the
     * options at the start of the application.
     */
    private record HttpOptions(boolean secured, Optional<TlsConfiguration> tls, Optional<Proxy> proxy)
            implements
                Supplier<HttpClientOptions> {

        @Override
        public HttpClientOptions get() {
            HttpClientOptions options = new HttpClientOptions();
            tls.ifPresent(configuration -> TlsConfigUtils.configure(options, configuration));
            proxy.ifPresent(way -> options.setProxyOptions(way.options).setNonProxyHosts(way.exceptions));
            return secured ? options.setSsl(true).setUseAlpn(false) : options;
        }
    }

    /** Returns the options for a Vert.x WebSocket client, like {@link #httpClient}. */
    public Supplier<WebSocketClientOptions> webSocketClient(TransportSettings account, URI destination) {
        if (!destination.getScheme().equals("https")) {
            return WebSocketClientOptions::new;
        }
        Optional<TlsConfiguration> secured = TlsConfiguration.from(tls, tlsConfigurationName(account));
        Optional<Proxy> proxy = proxy(account);
        return () -> {
            WebSocketClientOptions options = new WebSocketClientOptions();
            secured.ifPresent(configuration -> TlsConfigUtils.configure(options, configuration));
            proxy.ifPresent(way -> options.setProxyOptions(way.options).setNonProxyHosts(way.exceptions));
            return options;
        };
    }

    /** @param exceptions the hosts that bypass the proxy */
    record Proxy(ProxyOptions options, List<String> exceptions) {
    }

    /**
     * Returns the first proxy that is configured: that of the account, that of all REST clients (as an address or by name), the
     * default proxy configuration, or that of the JVM.
     */
    private Optional<Proxy> proxy(TransportSettings account) {
        Optional<String> address = setting("proxy-address");
        if (account.proxyConfigurationName().isEmpty() && address.isPresent()) {
            return isNone(address) ? Optional.empty() : Optional.of(proxyOfRestClients(address.get()));
        }
        Optional<String> name = account.proxyConfigurationName().isPresent() ? account.proxyConfigurationName()
                : setting("proxy-configuration-name");
        if (isNone(name)) {
            return Optional.empty();
        }
        Optional<Proxy> configured = proxies.get(name).map(ClientRoute::proxy);
        return configured.isPresent() || name.isPresent() ? configured : proxyOfTheJvm();
    }

    private static boolean isNone(Optional<String> name) {
        return name.isPresent() && name.get().equals(ProxyConfigurationRegistry.NONE);
    }

    static Proxy proxy(ProxyConfiguration proxy) {
        ProxyOptions options = new ProxyOptions().setType(ProxyType.valueOf(proxy.type().name())).setHost(proxy.host())
                .setPort(proxy.port());
        proxy.username().ifPresent(options::setUsername);
        proxy.password().ifPresent(options::setPassword);
        proxy.proxyConnectTimeout().ifPresent(options::setConnectTimeout);
        return new Proxy(options, proxy.nonProxyHosts().orElse(List.of()));
    }

    private static Proxy proxyOfRestClients(String address) {
        int colon = address.lastIndexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException(REST_CLIENT + "proxy-address must be a host and a port, such as"
                    + " proxy.example.org:3128");
        }
        ProxyOptions options = new ProxyOptions().setHost(address.substring(0, colon))
                .setPort(Integer.parseInt(address.substring(colon + 1)));
        setting("proxy-user").ifPresent(options::setUsername);
        setting("proxy-password").ifPresent(options::setPassword);
        return new Proxy(options, hosts(setting("non-proxy-hosts").orElse("")));
    }

    private static Optional<Proxy> proxyOfTheJvm() {
        String prefix = System.getProperty("https.proxyHost") != null ? "https." : "http.";
        String host = System.getProperty(prefix + "proxyHost");
        if (host == null || host.isBlank() || host.equals("none")) {
            return Optional.empty();
        }
        ProxyOptions options = new ProxyOptions().setHost(host)
                .setPort(Integer.getInteger(prefix + "proxyPort", prefix.equals("https.") ? 443 : 80))
                .setUsername(System.getProperty(prefix + "proxyUser"))
                .setPassword(System.getProperty(prefix + "proxyPassword"));
        return Optional.of(new Proxy(options, hosts(System.getProperty(prefix + "nonProxyHosts",
                System.getProperty("http.nonProxyHosts", LOOPBACK)))));
    }

    private static List<String> hosts(String separated) {
        return Arrays.stream(separated.split("[|,]")).map(String::trim).filter(host -> !host.isEmpty()).toList();
    }

    private static Optional<String> setting(String key) {
        Config config = ConfigProvider.getConfig();
        return config.getOptionalValue(REST_CLIENT + key, String.class);
    }
}
