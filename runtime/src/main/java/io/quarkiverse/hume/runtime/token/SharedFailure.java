package io.quarkiverse.hume.runtime.token;

import io.quarkiverse.hume.HumeAuthenticationException;

/** What one request failed with, for each of the callers who waited for it. */
public final class SharedFailure {

    private SharedFailure() {
    }

    /**
     * An exception of the caller's own, so that nothing that one caller adds to it, a suppressed exception for instance, shows
     * up at another one. It has the stack trace of where it is made.
     */
    public static HumeAuthenticationException forOneCaller(HumeAuthenticationException shared) {
        return new HumeAuthenticationException(shared.reason(), shared.account(), shared.getMessage(),
                shared.getCause() != null ? shared.getCause() : shared, shared.retryAt().orElse(null));
    }
}
