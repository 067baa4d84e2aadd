package io.quarkiverse.hume.runtime.notification;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.HumeEvent;
import io.quarkiverse.hume.HumeStrategy;
import io.quarkiverse.hume.runtime.context.CallerContexts;
import io.quarkiverse.hume.runtime.token.TokenListener;
import io.quarkus.arc.Arc;
import io.quarkus.arc.ArcContainer;

/** Reports events of the credential of one account to the observers of the application. */
public final class ApplicationEvents implements TokenListener {

    private final String account;
    private final Consumer<HumeEvent> observers;

    /** @param observers must neither block nor throw */
    public ApplicationEvents(String account, Consumer<HumeEvent> observers) {
        this.account = account;
        this.observers = observers;
    }

    /**
     * Returns the observers of the application. They are notified on a separate context, because they must not see the context
     * of the caller whose call caused the event.
     */
    public static Consumer<HumeEvent> observers(CallerContexts contexts) {
        return event -> contexts.separately(() -> {
            fire(HumeEvent.class, event);
            return CompletableFuture.completedFuture(null);
        });
    }

    /** Fires an event asynchronously. Never blocks. The container logs exceptions of observers. */
    public static <T> void fire(Class<T> type, T event) {
        ArcContainer beans = Arc.container();
        if (beans == null || !beans.isRunning()) {
            return; // The application is being stopped, and its observers are gone.
        }
        beans.beanManager().getEvent().select(type).fireAsync(event);
    }

    @Override
    public void refreshed(Instant expiresAt, Instant refreshAt, Duration took) {
        observers.accept(new HumeEvent.TokenRefreshed(account, expiresAt, refreshAt));
    }

    @Override
    public void failed(HumeAuthenticationException failure, int failures, Instant retryAt, Instant validUntil, Duration took) {
        if (failures == 1) {
            observers.accept(new HumeEvent.TokenRefreshFailing(account, failure.reason(), Optional.ofNullable(retryAt),
                    Optional.ofNullable(validUntil)));
        }
    }

    @Override
    public void recovered(int failures) {
        observers.accept(new HumeEvent.TokenRefreshRecovered(account, failures));
    }

    @Override
    public void rejected() {
        observers.accept(new HumeEvent.CredentialRejected(account, HumeStrategy.TOKEN));
    }

    /** The API key expires soon, or has expired. */
    public void keyExpires(Instant expiresAt) {
        observers.accept(new HumeEvent.ApiKeyExpiring(account, expiresAt));
    }

    /** Hume rejected the API key for the first time. */
    public void keyRejected() {
        observers.accept(new HumeEvent.CredentialRejected(account, HumeStrategy.API_KEY));
    }
}
