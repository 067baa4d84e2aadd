package io.quarkiverse.hume.runtime.token;

/** Why a token is requested. */
enum RequestCause {

    /** A caller needs a token, or the token is due for renewal. */
    NEED,

    /** Hume answered 401 to the token that the request replaces. */
    UNAUTHORIZED,

    /** Hume answered 403 to a handshake with the token that the request replaces. The token stays valid for other calls. */
    FORBIDDEN
}
