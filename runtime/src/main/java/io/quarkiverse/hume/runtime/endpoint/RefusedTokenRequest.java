package io.quarkiverse.hume.runtime.endpoint;

/**
 * The token endpoint answered with a status other than success. Without the body and the reason phrase, which nothing needs
 * and which could repeat what was sent.
 */
final class RefusedTokenRequest extends RuntimeException {

    private static final long serialVersionUID = 1L;

    final int status;

    /** The header {@code Retry-After} as received; may be {@code null}. */
    final String retryAfter;

    RefusedTokenRequest(int status, String retryAfter) {
        super("status " + status);
        this.status = status;
        this.retryAfter = retryAfter;
    }
}
