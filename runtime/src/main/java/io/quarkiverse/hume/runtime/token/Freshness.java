package io.quarkiverse.hume.runtime.token;

/** What a token is good for at a given moment. A pure function of the state and the time. */
enum Freshness {

    /** In use, and nothing to do. */
    FRESH,

    /** In use, but a new one should be fetched behind the callers' backs. */
    STALE,

    /** No token, or one that Hume may no longer accept. */
    EXPIRED
}
