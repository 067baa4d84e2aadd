package io.quarkiverse.hume.runtime.rest.call;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.ws.rs.core.MultivaluedMap;

import org.jboss.resteasy.reactive.client.impl.RestClientRequestContext;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientRequestContext;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientRequestFilter;

import io.quarkus.rest.client.reactive.HeaderFiller;
import io.quarkus.rest.client.reactive.runtime.ExtendedHeaderFiller;

/**
 * The first filter of a client whose calls may set a credential themselves. Stores the credential that parameters and {@code
 * @ClientHeaderParam} have set, before a headers factory or another filter can add headers.
 */
public final class CallCredentialFilter implements ResteasyReactiveClientRequestFilter {

    private final Map<String, String> declared;
    private final CallCredential configured;
    private final Map<Method, Optional<String>> headers = new ConcurrentHashMap<>();

    /**
     * @param declared the header that a parameter declares, by the key of the method
     * @param configured the credential of the client's configuration, for calls that set none
     */
    public CallCredentialFilter(Map<String, String> declared, CallCredential configured) {
        this.declared = declared;
        this.configured = configured;
    }

    @Override
    public void filter(ResteasyReactiveClientRequestContext context) {
        Object method = context.getProperty(RestClientRequestContext.INVOKED_METHOD_PROP);
        CallCredential credential = new CallCredential(method instanceof Method ? header((Method) method) : null, configured);
        credential.see(context.getHeaders());
        context.setProperty(CallCredential.PROPERTY, credential);
        Object filler = context.getProperty(HeaderFiller.class.getName());
        if (filler instanceof HeaderFiller) {
            context.setProperty(HeaderFiller.class.getName(), new RecordingFiller((HeaderFiller) filler, credential));
        }
    }

    private String header(Method method) {
        Optional<String> known = headers.get(method);
        if (known == null) {
            known = Optional.ofNullable(declared.get(MethodKey.of(method)));
            headers.put(method, known);
        }
        return known.orElse(null);
    }

    /**
     * Reads the headers of annotations after the original filler has added them. The REST client calls a headers factory
     * directly after that.
     */
    private record RecordingFiller(HeaderFiller filler, CallCredential credential) implements ExtendedHeaderFiller {

        @Override
        public void addHeaders(MultivaluedMap<String, String> headers, ResteasyReactiveClientRequestContext context) {
            if (filler instanceof ExtendedHeaderFiller) {
                ((ExtendedHeaderFiller) filler).addHeaders(headers, context);
            } else {
                filler.addHeaders(headers);
            }
            credential.see(headers);
        }
    }
}
