package io.quarkiverse.hume.test;

import java.util.Locale;

/** What a request showed to be let in, whether it was accepted or not. */
public enum CredentialKind {

    /** The header {@code X-Hume-Api-Key}, or {@code api_key} in the query of a handshake. */
    API_KEY,
    /** An access token, as Bearer or as {@code access_token} in the query of a handshake. */
    TOKEN,
    /** API key and secret key, at the token endpoint. */
    BASIC,
    NONE,
    /** More than one. */
    SEVERAL;

    static CredentialKind of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
