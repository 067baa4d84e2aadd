package io.quarkiverse.hume.runtime.event;

import io.quarkiverse.hume.runtime.token.TokenListener;

/**
 * Notified of the events of one account, for metrics. Never receives a key or token. Also called on event loops, so it must
 * neither block nor throw.
 */
public interface AccountListener extends TokenListener {

    /** What made a call. */
    enum Transport {
        REST,
        WEBSOCKET,
        /** The relay for browsers, requests and sockets. */
        RELAY
    }

    /** The outcome of a call that Hume rejected because of its credential. */
    enum UnauthorizedOutcome {
        /** Retried with another credential and not rejected again. */
        RECOVERED,
        /** Retried with another credential and rejected again. */
        REJECTED_AGAIN,
        /** Not retried, since there was no other credential. */
        NO_OTHER_CREDENTIAL,
        /** Not retried, since another credential could not be obtained. */
        NO_CREDENTIAL,
        /** Not retried, since its body can be sent only once. */
        NOT_REPEATABLE
    }

    /** How the endpoint for browsers answered. */
    enum BrowserTokenOutcome {
        /** With a token. */
        ISSUED,
        /** The user is not signed in or may not have one. */
        DENIED,
        /** Too many requests of one user. */
        LIMITED,
        /** No token is available. */
        UNAVAILABLE,
        /** Neither GET nor POST. */
        METHOD_NOT_ALLOWED,
        /** An unexpected error. */
        FAILED
    }

    /** What became of a request to the relay, a handshake included. */
    enum RelayOutcome {
        /** Hume's answer was passed on, whatever it says; the socket is open. */
        RELAYED,
        /** The user is not signed in or may not use the relay. */
        DENIED,
        /** Too many requests or sockets of one user. */
        LIMITED,
        /** From a page of another origin. */
        FOREIGN_PAGE,
        /** Nothing that the application relays. */
        NOT_ALLOWED,
        /** The body is too large. */
        TOO_LARGE,
        /** The account has no credential to send. */
        NO_CREDENTIAL,
        /** Hume does not accept the credential. */
        REJECTED,
        /** No connection to Hume, a broken one, or an answer that cannot be passed on. */
        UNREACHABLE,
        /** No progress for too long. */
        TIMED_OUT,
        /** The browser has left before the answer was complete. */
        ABANDONED,
        /** An unexpected error. */
        FAILED
    }

    /** What the limit of requests did to a call. */
    enum RateLimitOutcome {
        /** It waited for the limit. */
        DELAYED,
        /** It failed, since it would have had to wait for too long. */
        FAILED,
        /** Hume answered 429, and it was sent again. */
        REPEATED,
        /** Hume answered 429, and the answer went to the caller. */
        REFUSED
    }

    /** Why a relayed socket ended. */
    enum RelaySocketEnd {
        /** Closed by the browser. */
        BROWSER,
        /** Closed by Hume. */
        HUME,
        /** No message for too long. */
        IDLE,
        /** Open for as long as a socket may be, or as the user is signed in. */
        EXPIRED,
        /** A frame was too large. */
        TOO_LARGE,
        /** A connection broke. */
        BROKEN,
        /** The application stops. */
        SHUTDOWN
    }

    /** The outcome of a webhook. */
    enum WebhookOutcome {
        ACCEPTED,
        /** The signature or the timestamp is missing. */
        UNSIGNED,
        /** A header is malformed or occurs twice. */
        MALFORMED,
        /** No key yields the signature. */
        FORGED,
        /** Older than the tolerance. */
        STALE,
        /** Further ahead than the clock skew. */
        FUTURE,
        /** Accepted before. */
        REPLAYED,
        /** As old as evicted webhooks, so it may have been accepted before. */
        FORGOTTEN,
        TOO_LARGE,
        /** Its body was not complete in time. */
        TIMED_OUT,
        /** Other unverified webhooks used all the memory that is available to them. */
        NO_ROOM,
        /** There is no key to verify it with. */
        UNVERIFIABLE
    }

    default void unauthorized(Transport transport, UnauthorizedOutcome outcome) {
    }

    default void browserToken(BrowserTokenOutcome outcome) {
    }

    default void webhook(WebhookOutcome outcome) {
    }

    default void relayed(RelayOutcome outcome) {
    }

    /** The account has a limit of requests: called once, before the others. */
    default void rateLimitConfigured() {
    }

    default void rateLimited(RateLimitOutcome outcome) {
    }

    /** What Hume bills for a relayed request. */
    default void relayTokens(long inputTokens) {
    }

    default void relaySocketOpened() {
    }

    default void relaySocketClosed(RelaySocketEnd end) {
    }

    AccountListener NONE = new AccountListener() {
    };

    /** A bean of this type exists only in applications with metrics. */
    interface Factory {

        /** The same one at every call for an account. */
        AccountListener listener(String account);
    }
}
