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

    /** @param problem the failure of the request; {@code null} if it succeeded */
    void ended(TokenState before, TokenState after, HumeAuthenticationException problem, Duration took, long now) {
        TokenStatus status = TokenStatus.of(after, now, clock.now());
        if (problem == null) {
            notify(to -> to.refreshed(status.expiresAt(), status.refreshAt(), took));
            if (before.allFailures() > 0) {
                notify(to -> to.recovered(before.allFailures()));
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
            } catch (Throwable e) { // Errors are caught as well: a linkage error of a listener must not end a timer.
                problem(e);
            }
        }
    }

    /**
     * Reports an error that occurred outside of token requests. If a listener throws an exception here, too, the other
     * listeners are still notified.
     */
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
