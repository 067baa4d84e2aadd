package io.quarkiverse.hume.runtime.webhook;

/** What became of a webhook. */
enum WebhookVerdict {
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
    FORGOTTEN
}
