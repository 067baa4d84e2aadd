package io.quarkiverse.hume;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * The keys of a Hume account: an API key and, for the token strategy, a secret key.
 * <p>
 * Immutable. The keys do not appear in {@link #toString()}. This class is not {@link java.io.Serializable}, so the keys cannot
 * be written to a store. Lengths and formats are not checked, since Hume may change them, but a key has to be visible ASCII.
 * Keys in quotation marks, placeholders and keys with a leading scheme are rejected, because they result from mistakes in the
 * configuration.
 */
public final class HumeCredentials {

    private final String apiKey;
    private final String secretKey;
    private final Instant expiresAt;

    private HumeCredentials(String apiKey, String secretKey, Instant expiresAt) {
        this.apiKey = apiKey;
        this.secretKey = secretKey;
        this.expiresAt = expiresAt;
    }

    /**
     * @throws IllegalArgumentException if the key is empty, has a character that is illegal in a header, is in quotation marks,
     *         or is a placeholder or a whole header; the message does not contain the key
     */
    public static HumeCredentials ofApiKey(String apiKey) {
        HeaderValues.checkKey(Objects.requireNonNull(apiKey, "apiKey"), "API key");
        return new HumeCredentials(apiKey, null, null);
    }

    /**
     * @throws IllegalArgumentException if {@link #ofApiKey(String)} does not accept one of the keys, or the API key has a
     *         colon, which would end the user name of Basic authentication (RFC 7617 section 2); the message does not
     *         contain the keys
     */
    public static HumeCredentials of(String apiKey, String secretKey) {
        HeaderValues.checkKey(Objects.requireNonNull(apiKey, "apiKey"), "API key");
        HeaderValues.checkKey(Objects.requireNonNull(secretKey, "secretKey"), "secret key");
        if (apiKey.indexOf(':') >= 0) {
            throw new IllegalArgumentException("The API key contains a colon, which Basic authentication does not allow");
        }
        return new HumeCredentials(apiKey, secretKey, null);
    }

    /**
     * The same keys with an expiry, for a provider that knows it. After the expiry, the provider is called again before the
     * keys are used. If the expiry has already passed when the provider returns the keys, it is
     * ignored, and the keys are used.
     */
    public HumeCredentials expiringAt(Instant instant) {
        return new HumeCredentials(apiKey, secretKey, Objects.requireNonNull(instant, "instant"));
    }

    /** The API key. Keep it out of logs. */
    public String apiKey() {
        return apiKey;
    }

    /** The secret key; empty if there is only an API key. Keep it out of logs. */
    public Optional<String> secretKey() {
        return Optional.ofNullable(secretKey);
    }

    /** When the keys expire; empty if the provider has not specified it. */
    public Optional<Instant> expiresAt() {
        return Optional.ofNullable(expiresAt);
    }

    /** Whether the keys are the same, regardless of their expiry. */
    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof HumeCredentials && apiKey.equals(((HumeCredentials) other).apiKey)
                && Objects.equals(secretKey, ((HumeCredentials) other).secretKey);
    }

    @Override
    public int hashCode() {
        return Objects.hash(apiKey, secretKey);
    }

    /** Shows which keys are present, and never their values. */
    @Override
    public String toString() {
        return "HumeCredentials[apiKey=****, secretKey=" + (secretKey == null ? "none" : "****")
                + (expiresAt == null ? "" : ", expiresAt=" + expiresAt) + "]";
    }
}
