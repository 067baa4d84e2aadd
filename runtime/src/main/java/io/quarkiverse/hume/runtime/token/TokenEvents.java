package io.quarkiverse.hume.runtime.token;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

import io.quarkiverse.hume.HumeAuthenticationException;

/** Tells the listener what happened; what it throws stays here. */
final class TokenEvents {

    private final TokenListener listener;
    private final TokenClock clock;

    TokenEvents(TokenListener listener, TokenClock clock) {
        this.listener = listener;
        this.clock = clock;
    }

    /** @param problem {@code null} if the request succeeded */
    void landed(TokenState before, TokenState after, HumeAuthenticationException problem, Duration took, long now) {
        TokenStatus status = TokenStatus.of(after, now, clock.now());
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

    void tell(Consumer<TokenListener> event) {
        try {
            event.accept(listener);
        } catch (RuntimeException e) {
            listener.broken(e);
        }
    }
}
