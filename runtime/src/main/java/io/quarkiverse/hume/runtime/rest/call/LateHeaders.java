package io.quarkiverse.hume.runtime.rest.call;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;

import org.eclipse.microprofile.rest.client.RestClientBuilder;
import org.jboss.resteasy.reactive.client.api.QuarkusRestClientProperties;
import org.jboss.resteasy.reactive.client.impl.RestClientRequestContext;
import org.jboss.resteasy.reactive.client.impl.VertxRequestCustomizingClientBuilder;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientRequest;

/**
 * Takes off a request what is set after all its filters, in addition to the credential that it carries by then: by a
 * customizer of HTTP requests, and by what writes the body. It is the last customizer, and an interceptor around all others.
 */
public final class LateHeaders implements Consumer<HttpClientRequest>, WriterInterceptor {

    private static final String SETTLED = LateHeaders.class.getName();

    private final String client;

    /** @param client the name of its interface */
    private LateHeaders(String client) {
        this.client = client;
    }

    /**
     * @param client the name of the interface that is built
     * @param writers whether the application has something that writes bodies and sets one of the headers
     */
    public static void install(RestClientBuilder builder, String client, boolean writers) {
        if (builder instanceof VertxRequestCustomizingClientBuilder) {
            ((VertxRequestCustomizingClientBuilder<?>) builder).httpClientRequestCustomizer(new LateHeaders(client));
        }
        if (writers) {
            builder.register(new LateHeaders(client), Integer.MIN_VALUE);
        }
    }

    /** Whose credential the request carries is decided. For what only knows the Vert.x context, which is the request's own. */
    static void settle(RestClientRequestContext request) {
        request.getClientRequestContext().getContext().putLocal(SETTLED, request);
    }

    /** @return {@code null} if the request is not to carry a credential that is known here */
    private static RestClientRequestContext settled() {
        Context context = Vertx.currentContext();
        return context == null ? null : context.getLocal(SETTLED);
    }

    @Override
    public void accept(HttpClientRequest request) {
        if (settled() != null) {
            for (String header : CallCredential.HEADERS) {
                List<String> values = request.headers().getAll(header);
                request.headers().remove(header);
                report(header, values);
            }
        }
    }

    @Override
    public void aroundWriteTo(WriterInterceptorContext context) throws IOException {
        context.proceed();
        RestClientRequestContext request = settled();
        if (request != null) {
            MultivaluedMap<String, Object> headers = context.getHeaders();
            for (String header : CallCredential.HEADERS) {
                List<String> own = CallCredential.notBlank(values(request, header));
                List<Object> written = headers.remove(header);
                if (!own.isEmpty()) {
                    headers.put(header, new ArrayList<>(own));
                }
                if (written != null && !CallCredential.notBlank(written).equals(own)) {
                    report(header, written);
                }
            }
        }
    }

    /** Of the configuration, which takes precedence, or of the request before its body was written. */
    private static Collection<?> values(RestClientRequestContext request, String header) {
        Object configured = request.getConfiguration().getProperty(QuarkusRestClientProperties.STATIC_HEADERS);
        if (configured instanceof Map) {
            for (Map.Entry<?, ?> value : ((Map<?, ?>) configured).entrySet()) {
                if (header.equalsIgnoreCase(value.getKey().toString())) {
                    return List.of(value.getValue());
                }
            }
        }
        return request.getRequestHeaders().getHeaders().getOrDefault(header, List.of());
    }

    private void report(String header, List<?> values) {
        if (!CallCredential.notBlank(values).isEmpty()) {
            HeaderPrecedence.report(client, header, "the credential that is put on them before");
        }
    }
}
