package io.quarkiverse.hume.runtime.token;

/** What a token is good for at a given moment. A pure function of the token and the time. */
enum Freshness {

    /** In use, and nothing to do. */
    FRESH,

    /** In use, and a new one should be requested in the background. */
    STALE,

    /**
     * Inside the safety margin before its expiry, where it might expire in transit: a newer one is preferred, and this one is
     * used if no newer one can be had.
     */
    ENDING,

    /** Hume does not accept it any more. */
    EXPIRED
}
