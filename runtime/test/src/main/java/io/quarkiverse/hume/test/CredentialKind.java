package io.quarkiverse.hume.test;

import java.util.Locale;

/** The kind of credential that a request carried, whether or not the emulator accepted it. */
public enum CredentialKind {

    /** An API key, in the header {@code X-Hume-Api-Key} or as {@code api_key} in the query of a handshake. */
    API_KEY,
    /**
     * An access token, in the header {@code Authorization} with the scheme Bearer or as {@code access_token} in the query of a
     * handshake.
     */
    TOKEN,
    /** An API key and a secret key in Basic authentication, as for the token endpoint. */
    BASIC,
    NONE,
    /** More than one credential. */
    SEVERAL;

    static CredentialKind of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
