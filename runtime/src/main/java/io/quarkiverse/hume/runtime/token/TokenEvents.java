package io.quarkiverse.hume.runtime.token;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

import io.quarkiverse.hume.HumeAuthenticationException;

/** Tells the listeners what happened; what one throws stays here, and the others are told all the same. */
final class TokenEvents {

    private final List<TokenListener> listeners;
    private final TokenClock clock;

    TokenEvents(List<TokenListener> listeners, TokenClock clock) {
        this.listeners = listeners;
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
        for (TokenListener listener : listeners) {
            try {
                event.accept(listener);
            } catch (RuntimeException e) {
                listeners.forEach(each -> each.broken(e));
            }
        }
    }
}
