package io.quarkiverse.hume.runtime.rest.call;

import java.util.HashMap;
import java.util.Map;

import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;

import org.eclipse.microprofile.rest.client.RestClientBuilder;
import org.jboss.resteasy.reactive.client.api.QuarkusRestClientProperties;

import io.quarkiverse.hume.runtime.log.HumeLog;

/**
 * The headers that the configuration sets for a client. The REST client adds them after all filters and replaces existing
 * headers of the same name.
 */
public final class ConfiguredHeaders {

    private ConfiguredHeaders() {
    }

    /**
     * Removes blank credentials from the configured headers of an authenticated client. Other configured credentials are
     * reported, because calls carry them instead of the account's credential.
     *
     * @param client the name of the client's interface
     */
    public static void examine(RestClientBuilder builder, String client) {
        Object configured = builder.getConfiguration().getProperty(QuarkusRestClientProperties.STATIC_HEADERS);
        if (!(configured instanceof Map)) {
            return;
        }
        Map<Object, Object> headers = new HashMap<>((Map<?, ?>) configured);
        boolean changed = headers.entrySet().removeIf(header -> CallCredential.isCredential(header.getKey().toString())
                && CallCredential.isBlank(header.getValue()));
        if (changed) {
            builder.property(QuarkusRestClientProperties.STATIC_HEADERS, headers);
        }
        headers.keySet().stream().map(Object::toString).filter(CallCredential::isCredential)
                .forEach(header -> HumeLog.LOG.configuredCredential(client, header));
    }

    /**
     * Removes the credential from the configured headers of a client whose calls may set a credential themselves, because the
     * REST client would send it with these calls, too.
     *
     * @return the removed credential, for calls that set none; empty if none is configured
     */
    public static CallCredential removeCredential(RestClientBuilder builder) {
        CallCredential credential = new CallCredential(null, null);
        Object configured = builder.getConfiguration().getProperty(QuarkusRestClientProperties.STATIC_HEADERS);
        if (configured instanceof Map) {
            Map<Object, Object> others = new HashMap<>((Map<?, ?>) configured);
            MultivaluedMap<String, Object> credentials = new MultivaluedHashMap<>();
            ((Map<?, ?>) configured).forEach((header, value) -> {
                if (CallCredential.isCredential(header.toString())) {
                    others.remove(header);
                    credentials.add(header.toString(), value);
                }
            });
            credential.see(credentials);
            builder.property(QuarkusRestClientProperties.STATIC_HEADERS, others);
        }
        return credential;
    }
}
