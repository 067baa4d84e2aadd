package io.quarkiverse.hume;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * A Hume access token and the time at which it expires.
 * <p>
 * Immutable and thread-safe. The token is opaque: Hume does not specify its content. The value does not appear in
 * {@link #toString()}. This class is not {@link java.io.Serializable}, so it cannot be written to a session store or cache.
 * <p>
 * Source: Hume, <a href="https://dev.hume.ai/docs/introduction/api-key">Getting your API keys</a>; RFC 6750 section 2.1
 * for the header.
 */
public final class AccessToken {

    private final String value;
    private final String authorization;
    private final Instant expiresAt;

    private AccessToken(String value, Instant expiresAt) {
        this.value = value;
        this.authorization = "Bearer " + value;
        this.expiresAt = expiresAt;
    }

    /**
     * @param value the token as received; visible ASCII characters only, so that it cannot inject another header
     * @param expiresAt the first instant at which the token is no longer valid
     * @throws IllegalArgumentException if the value is empty or has a character that is illegal in a header; the message
     *         does not contain the value
     */
    public static AccessToken of(String value, Instant expiresAt) {
        Objects.requireNonNull(expiresAt, "expiresAt");
        HeaderValues.check(Objects.requireNonNull(value, "value"), "access token");
        return new AccessToken(value, expiresAt);
    }

    /**
     * A token that is valid from {@code now} for the given time.
     *
     * @param lifetime more than zero
     * @throws IllegalArgumentException as for {@link #of(String, Instant)}, or if the lifetime is zero or negative
     */
    public static AccessToken of(String value, Instant now, Duration lifetime) {
        if (lifetime.isZero() || lifetime.isNegative()) {
            throw new IllegalArgumentException("The lifetime of an access token must be more than zero");
        }
        return of(value, now.plus(lifetime));
    }

    /** The bare token, for a query parameter {@code access_token} or a header of your own. Keep it out of logs. */
    public String value() {
        return value;
    }

    /** The complete value of an {@code Authorization} header. Keep it out of logs. */
    public String authorization() {
        return authorization;
    }

    /** The first instant at which the token is no longer valid, by the clock of this machine. */
    public Instant expiresAt() {
        return expiresAt;
    }

    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof AccessToken && value.equals(((AccessToken) other).value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    /** Contains the expiry and never the value. */
    @Override
    public String toString() {
        return "AccessToken[value=****, expiresAt=" + expiresAt + "]";
    }
}
