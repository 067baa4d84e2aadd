package io.quarkiverse.hume.runtime.token;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

import io.quarkiverse.hume.HumeAuthenticationException;

/** Notifies the listeners. An exception of one listener does not affect the others. */
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
            notify(to -> to.refreshed(status.expiresAt(), status.refreshAt(), took));
            if (before.failures() > 0) {
                notify(to -> to.recovered(before.failures()));
            }
        } else {
            Instant validUntil = status.present() ? status.expiresAt() : null;
            notify(to -> to.failed(problem, after.failures(), status.retryAt(), validUntil, took));
        }
    }

    void notify(Consumer<TokenListener> event) {
        for (TokenListener listener : listeners) {
            try {
                event.accept(listener);
            } catch (Throwable e) { // Errors too: a class that does not link must not end in a timer of Vert.x.
                problem(e);
            }
        }
    }

    /** An error outside of token requests. If a listener cannot take even this, the others still can. */
    void problem(Throwable cause) {
        for (TokenListener listener : listeners) {
            try {
                listener.broken(cause);
            } catch (Throwable again) {
                if (again != cause) {
                    cause.addSuppressed(again);
                }
            }
        }
    }
}
