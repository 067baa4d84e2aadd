package io.quarkiverse.hume.runtime.config;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

import org.eclipse.microprofile.config.spi.Converter;

/**
 * Converts the expiry of a key, which is an instant or a date. A date means the beginning of that day in UTC, so that no
 * warning is logged too late.
 */
public final class KeyExpiryConverter implements Converter<Instant> {

    private static final long serialVersionUID = 1L;

    /** @throws IllegalArgumentException if it is neither a date nor an instant of ISO 8601 */
    @Override
    public Instant convert(String value) {
        if (value.isEmpty()) {
            return null; // At every start, the configuration also converts the empty value of a property that is not set.
        }
        String text = value.strip();
        try {
            return text.length() == "2027-01-31".length() ? LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC)
                    : DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text, Instant::from);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("It is neither a date such as 2027-01-31 nor an instant such as"
                    + " 2027-01-31T12:00:00Z (ISO 8601)");
        }
    }
}
