package io.quarkiverse.hume.runtime.token;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

import io.quarkiverse.hume.HumeAuthenticationException;

/** Tells a listener what has happened. What the listener throws harms nobody. */
final class TokenAnnouncements {

    private final TokenListener listener;

    TokenAnnouncements(TokenListener listener) {
        this.listener = listener;
    }

    /** @param problem {@code null} if the request brought a token */
    void landed(TokenState before, TokenState after, HumeAuthenticationException problem, Duration took, TokenStatus status) {
        if (problem == null) {
            tell(to -> to.refreshed(status.expiresAt(), status.refreshAt(), took));
            if (before.failures > 0) {
                tell(to -> to.recovered(before.failures));
            }
        } else {
            Instant validUntil = status.present() ? status.expiresAt() : null;
            tell(to -> to.failed(problem, after.failures, status.retryAt(), validUntil, took));
        }
    }

    void rejected() {
        tell(TokenListener::rejected);
    }

    private void tell(Consumer<TokenListener> event) {
        try {
            event.accept(listener);
        } catch (RuntimeException e) {
            listener.broken(e);
        }
    }
}
