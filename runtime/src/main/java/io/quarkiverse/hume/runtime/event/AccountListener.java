package io.quarkiverse.hume.runtime.event;

import io.quarkiverse.hume.runtime.token.TokenListener;

/**
 * Notified of the events of one account, for metrics. Never receives a key or token. Also called on event loops, so it must
 * neither block nor throw.
 */
public interface AccountListener extends TokenListener {

    /** The kind of client that made a call. */
    enum Transport {
        REST,
        WEBSOCKET,
        /** The relay for browsers, for requests and for sockets. */
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
        NOT_REPEATABLE,
        /** Not retried, since retries are switched off. */
        NOT_RETRIED
    }

    /** The outcome of a request to the endpoint for browser tokens. */
    enum BrowserTokenOutcome {
        /** Answered with a token. */
        ISSUED,
        /** The user is not signed in or may not have a token. */
        DENIED,
        /** The user sent too many requests. */
        LIMITED,
        /** No token is available. */
        UNAVAILABLE,
        /** The method is neither GET nor POST. */
        METHOD_NOT_ALLOWED,
        /** An unexpected error. */
        FAILED
    }

    /** The outcome of a request to the relay or of a WebSocket handshake. */
    enum RelayOutcome {
        /** Hume's response was forwarded, regardless of its status, or the socket was opened. */
        RELAYED,
        /** The user is not signed in or may not use the relay. */
        DENIED,
        /** The user sent too many requests or opened too many sockets. */
        LIMITED,
        /** The request came from a page of an origin that is not allowed. */
        FOREIGN_PAGE,
        /** The application does not relay such requests. */
        NOT_ALLOWED,
        /** The body is too large. */
        TOO_LARGE,
        /** No credential of the account is available. */
        NO_CREDENTIAL,
        /** Hume rejected the credential. */
        REJECTED,
        /** The connection to Hume could not be opened or broke, or the response cannot be forwarded. */
        UNREACHABLE,
        /** There was no progress within the timeout. */
        TIMED_OUT,
        /** The browser closed the connection before the response was complete. */
        ABANDONED,
        /** An unexpected error. */
        FAILED
    }

    /** The effect of the limit of requests on a call. */
    enum RateLimitOutcome {
        /** The call waited for the limit. */
        DELAYED,
        /** The call failed, because it would have had to wait for too long. */
        FAILED,
        /** Hume answered 429, and the call was sent again. */
        REPEATED,
        /** Hume answered 429, and the caller got this response. */
        REFUSED
    }

    /** Why a relayed socket ended. */
    enum RelaySocketEnd {
        /** Closed by the browser. */
        BROWSER,
        /** Closed by Hume. */
        HUME,
        /** There was no message within the idle timeout. */
        IDLE,
        /** The maximum duration was reached, or the sign-in of the user expired. */
        EXPIRED,
        /** A frame was too large. */
        TOO_LARGE,
        /** A connection broke. */
        BROKEN,
        /** The application is being stopped. */
        SHUTDOWN
    }

    /** The outcome of a webhook. */
    enum WebhookOutcome {
        ACCEPTED,
        /** The signature or the timestamp is missing. */
        UNSIGNED,
        /** A header is malformed or occurs twice. */
        MALFORMED,
        /** The signature does not match with any key. */
        FORGED,
        /** The timestamp is older than the tolerance. */
        STALE,
        /** The timestamp is further in the future than the clock skew. */
        FUTURE,
        /** The same webhook was accepted before. */
        REPLAYED,
        /** The timestamp is not later than that of evicted webhooks, so the webhook may have been accepted before. */
        FORGOTTEN,
        TOO_LARGE,
        /** The body was not complete in time. */
        TIMED_OUT,
        /** Unverified webhooks used all the memory that is available to them. */
        NO_ROOM,
        /** No key for the verification is available. */
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

    /** The account has a limit of requests. Called once, before any call of the other methods. */
    default void rateLimitConfigured() {
    }

    default void rateLimited(RateLimitOutcome outcome) {
    }

    /** Hume billed this many tokens for a relayed request. */
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

        /** Returns the same listener for every call with the same account. */
        AccountListener listener(String account);
    }
}
