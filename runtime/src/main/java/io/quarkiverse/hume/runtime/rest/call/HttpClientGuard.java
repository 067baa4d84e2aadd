package io.quarkiverse.hume.runtime.rest.call;

import java.lang.reflect.Method;
import java.net.URI;
import java.util.Locale;
import java.util.function.Function;

import org.jboss.resteasy.reactive.client.handlers.ClientSendRequestHandler;
import org.jboss.resteasy.reactive.client.impl.RestClientRequestContext;
import org.jboss.resteasy.reactive.client.spi.ClientRestHandler;

import io.quarkiverse.hume.runtime.credential.TrustedHosts;
import io.quarkiverse.hume.runtime.log.HumeLog;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.impl.HttpClientBase;
import io.vertx.core.http.impl.HttpClientInternal;

/**
 * Restricts what an HTTP client does with a credential: it must not pass it on to another origin, disclose it to a proxy in
 * plain text, or log it as bytes. Installed before the first request of a REST client, as its redirect handler.
 */
final class HttpClientGuard {

    private final String restClient;

    /** {@code null} if the client has no proxy, or cannot be configured to bypass it. */
    private final ProxyBypass bypass;
    private final ProxyBypass.Configured proxies;

    // The sending handler is the same for all requests of a client, so one guard can be reused for all of them, and no object
    // is created per request.
    private volatile DestinationGuard lastGuard;

    private HttpClientGuard(HttpClient client, String restClient) {
        this.restClient = restClient;
        HttpClientOptions options = client instanceof HttpClientInternal ? ((HttpClientInternal) client).options()
                : new HttpClientOptions();
        if (options.getLogActivity()) {
            // The option is read for each new connection, and there are no connections yet.
            options.setLogActivity(false);
            HumeLog.LOG.bytesOfRequestsNotLogged(restClient);
        }
        this.proxies = ProxyBypass.Configured.of(options);
        this.bypass = proxies != null && client instanceof HttpClientBase ? new ProxyBypass(proxies) : null;
        if (bypass != null) {
            ((HttpClientBase) client).proxyFilter(bypass);
        }
    }

    /** Returns the guard of the client, and installs it for the first request. Inexpensive for further requests. */
    @SuppressWarnings("deprecation") // the replacement is HttpClientBuilder, which the REST client does not expose
    static HttpClientGuard of(RestClientRequestContext request) {
        HttpClient client = request.getHttpClient();
        Function<HttpClientResponse, Future<RequestOptions>> redirects = client.redirectHandler();
        if (redirects instanceof RedirectGuard) {
            return ((RedirectGuard) redirects).client();
        }
        Method method = request.getInvokedMethod();
        return install(client, method == null ? "that is used without an interface" : method.getDeclaringClass().getName());
    }

    /**
     * The lock prevents two threads from installing a guard each: the second guard would not know the addresses for which the
     * first one bypasses the proxy.
     */
    @SuppressWarnings("deprecation")
    private static HttpClientGuard install(HttpClient client, String restClient) {
        synchronized (client) {
            Function<HttpClientResponse, Future<RequestOptions>> redirects = client.redirectHandler();
            if (redirects instanceof RedirectGuard) {
                return ((RedirectGuard) redirects).client();
            }
            HttpClientGuard guard = new HttpClientGuard(client, restClient);
            client.redirectHandler(new RedirectGuard(redirects, guard));
            return guard;
        }
    }

    /**
     * Adds the last check of the destination to the chain of a request. The chain is part of the REST client's implementation;
     * if it does not have the expected structure, only the filter checks the destination.
     */
    void guard(RestClientRequestContext request) {
        ClientRestHandler[] chain = request.getHandlers();
        int position = DestinationGuard.sendPosition(chain);
        if (position == -1) {
            HumeLog.LOG.destinationNotCheckedAgain(restClient);
            return;
        }
        if (chain[position] instanceof DestinationGuard) {
            return;
        }
        DestinationGuard guard = lastGuard;
        if (guard == null || !guard.sendsWith(chain[position])) {
            guard = new DestinationGuard((ClientSendRequestHandler) chain[position], this);
            lastGuard = guard;
        }
        chain[position] = guard;
    }

    /**
     * Bypasses the proxy if the destination is a loopback address without TLS.
     *
     * @return whether the proxy cannot read a request to such an address; true for other destinations
     */
    boolean keepFromProxy(URI destination) {
        if (proxies == null || "https".equals(destination.getScheme()) || destination.getHost() == null
                || !TrustedHosts.isLoopback(destination.getHost().toLowerCase(Locale.ROOT))) {
            return true;
        }
        return bypassProxy(destination);
    }

    /**
     * @param destination a loopback address with the scheme http
     * @return whether the connection will bypass the proxy
     */
    boolean bypassProxy(URI destination) {
        if (proxies == null) {
            return true;
        }
        if (bypass == null) {
            return !proxies.applyTo(ProxyBypass.address(destination));
        }
        if (bypass.add(destination)) {
            HumeLog.LOG.proxyBypassed(destination.getScheme() + "://" + destination.getRawAuthority());
        }
        return true;
    }
}
