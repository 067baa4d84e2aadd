package io.quarkiverse.hume.runtime.event;

import io.quarkiverse.hume.runtime.token.TokenListener;

/**
 * Told of what happens around one account, after the fact, so that it can be counted. Never sees a key or token. Called on
 * event loops too, so it must neither block nor throw.
 */
public interface AccountListener extends TokenListener {

    /** What made a call. */
    enum Transport {
        REST,
        WEBSOCKET
    }

    /** What became of a call that Hume refused because of its credential. */
    enum UnauthorizedOutcome {
        /** Repeated with another credential and not refused for it again. */
        RECOVERED,
        /** Repeated with another credential and refused again. */
        REJECTED_AGAIN,
        /** Not repeated, since there was no other credential. */
        NO_OTHER_CREDENTIAL,
        /** Not repeated, since another credential could not be had. */
        NO_CREDENTIAL,
        /** Not repeated, since its body can be sent only once. */
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
        /** There is no token to give. */
        UNAVAILABLE,
        /** Neither GET nor POST. */
        METHOD_NOT_ALLOWED,
        /** An error that nobody expects. */
        FAILED
    }

    /** What became of a webhook. */
    enum WebhookOutcome {
        ACCEPTED,
        /** The signature or the timestamp is missing. */
        UNSIGNED,
        /** A header has another form than Hume gives it, or occurs twice. */
        MALFORMED,
        /** No key yields the signature. */
        FORGED,
        /** Older than the tolerance. */
        STALE,
        /** Further ahead than the clock skew. */
        FUTURE,
        /** Accepted before. */
        REPLAYED,
        /** As old as webhooks that had to be forgotten, so perhaps accepted before. */
        FORGOTTEN,
        TOO_LARGE,
        /** Its body was not complete in time. */
        TIMED_OUT,
        /** Others that were not verified yet took all the memory there is for them. */
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

    AccountListener NONE = new AccountListener() {
    };

    /** A bean of this type exists only in applications that count. */
    interface Factory {

        /** The same one at every call for an account. */
        AccountListener listener(String account);
    }
}
