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

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpClientRequest;

/**
 * Removes credentials that are added to a request after all its filters, by a customizer of HTTP requests or by a provider that
 * writes the body. It is the last customizer, and the outermost writer interceptor.
 */
public final class LateHeaders implements Consumer<HttpClientRequest>, WriterInterceptor {

    private final String client;

    /** @param client the name of the client's interface */
    private LateHeaders(String client) {
        this.client = client;
    }

    /**
     * @param client the name of the client's interface
     * @param writers whether the application has a provider that writes bodies and sets one of the headers
     */
    public static void install(RestClientBuilder builder, String client, boolean writers) {
        if (builder instanceof VertxRequestCustomizingClientBuilder) {
            ((VertxRequestCustomizingClientBuilder<?>) builder).httpClientRequestCustomizer(new LateHeaders(client));
        }
        if (writers) {
            builder.register(new LateHeaders(client), Integer.MIN_VALUE);
        }
    }

    @Override
    public void accept(HttpClientRequest request) {
        MultiMap headers = request.headers();
        for (String header : CallCredential.HEADERS) {
            if (headers.contains(header) && CurrentRequest.get() != null) {
                List<String> values = headers.getAll(header);
                headers.remove(header);
                report(header, values);
            }
        }
    }

    @Override
    public void aroundWriteTo(WriterInterceptorContext context) throws IOException {
        context.proceed();
        RestClientRequestContext request = CurrentRequest.get();
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

    /**
     * Returns the values of a header from the configuration, which takes precedence, or from the request before its body was
     * written.
     */
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
            HeaderPrecedence.report(client, header, "the credential that was added before");
        }
    }
}
