package io.quarkiverse.hume.runtime.rest.call;

import java.util.function.Function;

import org.jboss.resteasy.reactive.client.impl.RestClientRequestContext;

import io.quarkiverse.hume.runtime.credential.RequestCredential;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;

/**
 * Keeps the credential within the origin (scheme, host and port, RFC 6454 section 4) that it was sent to. The HTTP client
 * itself copies all headers to any destination that the server names, and a redirect handler of the application copies none.
 */
final class RedirectGuard implements Function<HttpClientResponse, Future<RequestOptions>> {

    private final Function<HttpClientResponse, Future<RequestOptions>> decision;
    private final HttpClientGuard client;

    RedirectGuard(Function<HttpClientResponse, Future<RequestOptions>> decision, HttpClientGuard client) {
        this.decision = decision;
        this.client = client;
    }

    HttpClientGuard client() {
        return client;
    }

    @Override
    public Future<RequestOptions> apply(HttpClientResponse response) {
        // The credential is read here, because the redirect handler may complete its result on any thread.
        RestClientRequestContext request = CurrentRequest.get();
        CarriedCredential carried = request == null ? null : CarriedCredential.of(request);
        Future<RequestOptions> decided = decision.apply(response);
        return decided == null ? null : decided.map(target -> guard(response.request(), carried, target));
    }

    @SuppressWarnings("deprecation") // The host and the port of a request can be read only in this way.
    static RequestOptions guard(HttpClientRequest redirected, CarriedCredential carried, RequestOptions target) {
        boolean carries = carried != null && carried.isOn(redirected);
        boolean within = isWithin(redirected.connection().isSsl(), redirected.getHost(), redirected.getPort(), target)
                && (!carries || carried.trustedHosts().trusts(scheme(target.isSsl()), target.getHost()));
        MultiMap headers = target.getHeaders();
        boolean hasCredential = headers != null && (headers.contains(RequestCredential.AUTHORIZATION_HEADER)
                || headers.contains(RequestCredential.API_KEY_HEADER));
        if (within ? hasCredential || !carries : !hasCredential) {
            return target;
        }
        // The options are copied, because their headers may be those of the original request.
        RequestOptions guarded = new RequestOptions(target);
        if (within) {
            guarded.putHeader(carried.headerName(), carried.value());
        } else {
            guarded.removeHeader(RequestCredential.AUTHORIZATION_HEADER);
            guarded.removeHeader(RequestCredential.API_KEY_HEADER);
        }
        return guarded;
    }

    /**
     * Whether a target has the same origin as the request. If the target omits the scheme, the host or the port, the HTTP
     * client uses its own defaults, so the target is treated as another origin. The same applies if the target specifies a
     * server or a proxy in addition to the host.
     */
    static boolean isWithin(boolean encrypted, String host, int port, RequestOptions target) {
        return target.isSsl() != null && target.isSsl() == encrypted
                && target.getHost() != null && target.getHost().equalsIgnoreCase(host)
                && target.getPort() != null && port(target.getPort(), encrypted) == port(port, encrypted)
                && target.getServer() == null && target.getProxyOptions() == null;
    }

    private static int port(int port, boolean encrypted) {
        return port >= 0 ? port : encrypted ? 443 : 80;
    }

    private static String scheme(boolean encrypted) {
        return encrypted ? "https" : "http";
    }
}
