package io.quarkiverse.hume.runtime.rest.call;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.ConnectException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import jakarta.ws.rs.RuntimeType;
import jakarta.ws.rs.client.ClientRequestFilter;

import org.jboss.resteasy.reactive.client.api.LoggingScope;
import org.jboss.resteasy.reactive.client.impl.ClientImpl;
import org.jboss.resteasy.reactive.client.impl.ClientRequestContextImpl;
import org.jboss.resteasy.reactive.client.impl.DefaultClientContext;
import org.jboss.resteasy.reactive.client.impl.RestClientRequestContext;
import org.jboss.resteasy.reactive.client.logging.DefaultClientLogger;
import org.jboss.resteasy.reactive.common.jaxrs.ConfigurationImpl;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientBuilder;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.impl.HttpClientInternal;

/** The real REST client, with an HTTP client that records the requested connections and does not connect. */
final class ConnectingClient implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx();
    private final List<RequestOptions> connections = new ArrayList<>();
    private final ClientImpl client;
    private volatile Consumer<RestClientRequestContext> preparation;

    ConnectingClient() {
        ConfigurationImpl configuration = new ConfigurationImpl(RuntimeType.CLIENT);
        configuration.register((ClientRequestFilter) context -> preparation
                .accept(((ClientRequestContextImpl) context).getRestClientRequestContext()));
        Vertx connecting = proxy(Vertx.class, (proxy, method, arguments) -> method.getName().equals("httpClientBuilder")
                ? builder()
                : method.invoke(vertx, arguments));
        this.client = new ClientImpl(new HttpClientOptions(), configuration, new DefaultClientContext() {
            @Override
            public Supplier<Vertx> getVertx() {
                return () -> connecting;
            }
        }, null, null, false, null, LoggingScope.NONE, new DefaultClientLogger(), "test", null, List.of());
    }

    /**
     * Makes a request.
     *
     * @param filter does what request filters do
     * @return where the HTTP client was asked to connect to, in this request
     */
    synchronized List<RequestOptions> connections(Consumer<RestClientRequestContext> filter) {
        connections.clear();
        preparation = filter;
        try {
            client.target(URI.create("http://localhost")).request().get().close();
        } catch (RuntimeException e) {
            return List.copyOf(connections);
        }
        throw new IllegalStateException("A request has an answer although nothing connects");
    }

    private HttpClientBuilder builder() {
        return proxy(HttpClientBuilder.class, (proxy, method, arguments) -> method.getName().equals("build") ? httpClient()
                : proxy);
    }

    private HttpClient httpClient() {
        HttpClientOptions options = new HttpClientOptions();
        Object[] redirects = { (Function<?, ?>) response -> null };
        return proxy(HttpClientInternal.class, (proxy, method, arguments) -> {
            switch (method.getName()) {
                case "options":
                    return options;
                case "redirectHandler":
                    if (arguments == null) {
                        return redirects[0];
                    }
                    redirects[0] = arguments[0];
                    return proxy;
                case "request":
                    connections.add((RequestOptions) arguments[0]);
                    noConnection((Handler<?>) arguments[1]);
                    return null;
                case "hashCode":
                    return System.identityHashCode(proxy);
                default:
                    return null;
            }
        });
    }

    @SuppressWarnings("unchecked")
    private static void noConnection(Handler<?> handler) {
        ((Handler<AsyncResult<HttpClientRequest>>) handler).handle(Future.failedFuture(new ConnectException("a test")));
    }

    static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, handler));
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
