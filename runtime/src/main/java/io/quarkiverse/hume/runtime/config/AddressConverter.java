package io.quarkiverse.hume.runtime.config;

import java.net.URI;
import java.util.Locale;

import org.eclipse.microprofile.config.spi.Converter;

/**
 * Reads an address with its scheme in lower case. RFC 3986 section 3.1 allows any case, but the HTTP clients do not recognize
 * {@code HTTPS} as https, and connect without TLS.
 */
public final class AddressConverter implements Converter<URI> {

    private static final long serialVersionUID = 1L;

    @Override
    public URI convert(String value) {
        URI address = URI.create(value.trim());
        String scheme = address.getScheme();
        return scheme == null ? address
                : URI.create(scheme.toLowerCase(Locale.ROOT) + address.toString().substring(scheme.length()));
    }
}
