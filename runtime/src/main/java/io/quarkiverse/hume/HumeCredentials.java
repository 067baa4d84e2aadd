package io.quarkiverse.hume;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * The keys of a Hume account: an API key and, for the token strategy, a secret key.
 * <p>
 * Immutable. The keys show neither in {@link #toString()} nor, as this class is not {@link java.io.Serializable}, in a
 * store. Their lengths and forms are not checked, since Hume may change them, but only visible ASCII is accepted, without
 * quotation marks around it, a placeholder in it or the name of a scheme before it: those are mistakes of a configuration.
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
     * @throws IllegalArgumentException if the key is empty, has a character that a header must not carry, or is one in
     *         quotation marks, a placeholder or a whole header; the message does not contain the key
     */
    public static HumeCredentials ofApiKey(String apiKey) {
        HeaderValues.checkKey(Objects.requireNonNull(apiKey, "apiKey"), "API key");
        return new HumeCredentials(apiKey, null, null);
    }

    /**
     * @throws IllegalArgumentException if a key is one that {@link #ofApiKey(String)} does not accept, or the API key has a
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
     * The same keys, for a provider that knows when they end. From then on it is asked again before they are used. An instant
     * that has passed when the provider answers is ignored.
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

    /** When the keys end; empty if the provider does not say. */
    public Optional<Instant> expiresAt() {
        return Optional.ofNullable(expiresAt);
    }

    /** Whether the keys are the same, however long they last. */
    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof HumeCredentials && apiKey.equals(((HumeCredentials) other).apiKey)
                && Objects.equals(secretKey, ((HumeCredentials) other).secretKey);
    }

    @Override
    public int hashCode() {
        return Objects.hash(apiKey, secretKey);
    }

    /** Says which keys are present and never what they are. */
    @Override
    public String toString() {
        return "HumeCredentials[apiKey=****, secretKey=" + (secretKey == null ? "none" : "****")
                + (expiresAt == null ? "" : ", expiresAt=" + expiresAt) + "]";
    }
}
