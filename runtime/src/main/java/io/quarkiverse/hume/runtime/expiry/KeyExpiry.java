package io.quarkiverse.hume.runtime.expiry;

import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

import io.quarkiverse.hume.runtime.config.KeyExpiryConverter;
import io.quarkiverse.hume.runtime.log.HumeLog;

/**
 * The expiry of the API key of one account, from its property, which may be a mounted file that changes, or from the provider
 * of the key. Thread-safe.
 */
public final class KeyExpiry {

    private static final KeyExpiryConverter CONVERTER = new KeyExpiryConverter();

    private final String property;
    private final Function<String, Optional<String>> config;
    private final Supplier<Optional<Instant>> provider;
    private final Runnable providerCall;
    private volatile Optional<Instant> configured;
    private volatile String problem = "";

    /**
     * @param config reads a property; may block
     * @param configured the value of the property when the application started
     * @param provider supplies the expiry that the provider of the key specifies; must not block
     * @param providerCall calls the provider of the key again and waits for it; must not throw
     */
    public KeyExpiry(String property, Function<String, Optional<String>> config, Optional<Instant> configured,
            Supplier<Optional<Instant>> provider, Runnable providerCall) {
        this.property = property;
        this.config = config;
        this.configured = configured;
        this.provider = provider;
        this.providerCall = providerCall;
    }

    /** The expiry as last read; empty if it is not known. Does not block. */
    public Optional<Instant> expiresAt() {
        Optional<Instant> read = configured;
        return read.isPresent() ? read : provider.get();
    }

    /** Whether the expiry comes from the property, and not with the key. */
    boolean isConfigured() {
        return configured.isPresent();
    }

    /** Calls the provider of the key again if the expiry comes from there, because it may have another key by now. Blocks. */
    void refreshProvided() {
        if (!isConfigured()) {
            providerCall.run();
        }
    }

    /** Reads the property again, which may block. An invalid value is logged once, and the previous value is kept. */
    void refresh() {
        try {
            configured = config.apply(property).map(CONVERTER::convert);
            problem = "";
        } catch (IllegalArgumentException | NoSuchElementException | UncheckedIOException e) {
            String message = String.valueOf(e.getMessage());
            if (!message.equals(problem)) {
                problem = message;
                HumeLog.LOG.keyExpiryUnknown(property, message);
            }
        }
    }
}
