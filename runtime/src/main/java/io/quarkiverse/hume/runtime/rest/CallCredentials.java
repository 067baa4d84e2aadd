package io.quarkiverse.hume.runtime.rest;

import java.util.HashMap;
import java.util.Map;

import org.eclipse.microprofile.rest.client.RestClientBuilder;
import org.jboss.resteasy.reactive.client.api.QuarkusRestClientProperties;

import io.quarkiverse.hume.HumeRequestFilter;
import io.quarkiverse.hume.runtime.rest.call.CallCredential;
import io.quarkiverse.hume.runtime.rest.call.CallCredentialFilter;

/** Prepares authenticated REST clients, as they are built, for credentials that the application sets itself. */
public final class CallCredentials {

    private final DeclaredCredentials declared;

    public CallCredentials(DeclaredCredentials declared) {
        this.declared = declared;
    }

    void onNewClient(Class<?> client, RestClientBuilder builder) {
        if (declared.authenticated().contains(client.getName())
                || builder.getConfiguration().isRegistered(HumeRequestFilter.class)) {
            removeBlankHeaders(builder);
            if (declared.clients().contains(client.getName())) {
                builder.register(new CallCredentialFilter(
                        declared.parameters().getOrDefault(client.getName(), Map.of())), Integer.MIN_VALUE);
            }
        }
    }

    /** Headers from configuration are added after all filters, in place of those that are there. */
    private static void removeBlankHeaders(RestClientBuilder builder) {
        Object configured = builder.getConfiguration().getProperty(QuarkusRestClientProperties.STATIC_HEADERS);
        if (configured instanceof Map) {
            Map<Object, Object> headers = new HashMap<>((Map<?, ?>) configured);
            if (headers.entrySet().removeIf(header -> CallCredential.isCredential(header.getKey().toString())
                    && (header.getValue() == null || header.getValue().toString().isBlank()))) {
                builder.property(QuarkusRestClientProperties.STATIC_HEADERS, headers);
            }
        }
    }
}
