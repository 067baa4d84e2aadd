package io.quarkiverse.hume.runtime.rest;

import java.net.URI;
import java.util.function.Function;

import org.jboss.resteasy.reactive.client.impl.ClientRequestContextImpl;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientRequestContext;

import io.quarkiverse.hume.runtime.credential.RequestCredential;
import io.quarkiverse.hume.runtime.credential.TrustedHosts;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;

/**
 * Takes the credential off a redirect to another origin. The HTTP client itself copies all headers to wherever the server
 * points.
 */
final class RedirectGuard implements Function<HttpClientResponse, Future<RequestOptions>> {

    private final Function<HttpClientResponse, Future<RequestOptions>> decision;

    private RedirectGuard(Function<HttpClientResponse, Future<RequestOptions>> decision) {
        this.decision = decision;
    }

    /** Idempotent: a race wraps twice at worst, which does no harm. */
    static void install(ResteasyReactiveClientRequestContext context) {
        HttpClient client = ((ClientRequestContextImpl) context).getRestClientRequestContext().getHttpClient();
        Function<HttpClientResponse, Future<RequestOptions>> decision = client.redirectHandler();
        if (!(decision instanceof RedirectGuard)) {
            client.redirectHandler(new RedirectGuard(decision));
        }
    }

    @Override
    public Future<RequestOptions> apply(HttpClientResponse response) {
        Future<RequestOptions> decided = decision.apply(response);
        return decided == null ? null : decided.map(target -> guard(response, target));
    }

    private static RequestOptions guard(HttpClientResponse response, RequestOptions target) {
        if (target.getHeaders() == null || TrustedHosts.sameOrigin(URI.create(response.request().absoluteURI()),
                origin(response, target))) {
            return target;
        }
        RequestOptions guarded = new RequestOptions(target);
        guarded.getHeaders().remove(RequestCredential.AUTHORIZATION_HEADER);
        guarded.getHeaders().remove(RequestCredential.API_KEY_HEADER);
        return guarded;
    }

    /** What the options leave open, the HTTP client fills in from its own defaults; then it counts as another origin. */
    private static URI origin(HttpClientResponse response, RequestOptions target) {
        boolean encrypted = Boolean.TRUE.equals(target.isSsl());
        Integer port = target.getPort();
        String host = target.getHost() == null ? "unknown.invalid" : target.getHost();
        return URI.create((encrypted ? "https" : "http") + "://" + host + ":" + (port == null ? 0 : port) + "/");
    }
}
