package io.quarkiverse.hume.runtime.credential;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.HumeAuthenticationException.Reason;
import io.quarkiverse.hume.HumeCredentials;
import io.quarkiverse.hume.runtime.token.AccountName;
import io.quarkiverse.hume.runtime.token.TokenClock;

/**
 * The keys of one account as last learned from the provider, which is asked when they are first needed, and again when Hume
 * rejects them or they expire. Simultaneous questions are one question. Never blocks.
 */
public final class AccountCredentials {

    private final String account;
    private final String origin;
    private final Supplier<CompletionStage<HumeCredentials>> provider;
    private final AtomicReference<CompletableFuture<HumeCredentials>> question = new AtomicReference<>();
    private final TokenClock clock;
    private volatile Known known = new Known(null, null);
    private volatile Runnable changed = () -> {
    };

    /** @param expiresAt {@code null} if they last until Hume rejects them */
    private record Known(HumeCredentials credentials, Instant expiresAt) {
    }

    public AccountCredentials(String account, Supplier<CompletionStage<HumeCredentials>> provider) {
        this(account, AccountName.property(account, "api-key"), provider, TokenClock.SYSTEM);
    }

    /** @param origin the property to look at if there is something wrong with the API key */
    public AccountCredentials(String account, String origin, Supplier<CompletionStage<HumeCredentials>> provider,
            TokenClock clock) {
        this.account = account;
        this.origin = origin;
        this.provider = provider;
        this.clock = clock;
    }

    /** The property to look at if there is something wrong with the API key. */
    String origin() {
        return origin;
    }

    /** @param listener told once each time the provider answers with other keys than before; must not throw */
    public void whenChanged(Runnable listener) {
        changed = listener;
    }

    /** @return {@code null} if the provider was never asked, or never had an answer, or its answer has expired */
    public HumeCredentials current() {
        Known held = known;
        return held.expiresAt == null || clock.now().isBefore(held.expiresAt) ? held.credentials : null;
    }

    /** The keys; fails with a {@link HumeAuthenticationException} if there are none. */
    public CompletionStage<HumeCredentials> get() {
        HumeCredentials held = current();
        return held != null ? CompletableFuture.completedFuture(held) : ask();
    }

    /** The keys as the provider has them now, whatever it said before; fails like {@link #get()}. */
    public CompletionStage<HumeCredentials> latest() {
        return ask();
    }

    /**
     * Says that Hume rejected these keys, and asks the provider again unless newer ones are already here.
     *
     * @return whether there are other keys now
     */
    public CompletionStage<Boolean> rejected(HumeCredentials rejected) {
        HumeCredentials held = current();
        if (held != null && !held.equals(rejected)) {
            return CompletableFuture.completedFuture(true);
        }
        return ask().thenApply(answer -> !answer.equals(rejected));
    }

    private CompletionStage<HumeCredentials> ask() {
        CompletableFuture<HumeCredentials> mine = new CompletableFuture<>();
        CompletableFuture<HumeCredentials> asked = question.compareAndExchange(null, mine);
        if (asked != null) {
            return asked.copy();
        }
        CompletionStage<HumeCredentials> answer;
        try {
            answer = provider.get();
        } catch (Throwable e) { // Errors too: a question that nobody ends would be everybody's for ever.
            answer = CompletableFuture.failedFuture(e);
        }
        answer.whenComplete((credentials, failure) -> {
            HumeCredentials before = known.credentials;
            if (credentials != null) {
                // What has expired already is all there is: asking again with each request would not make it better.
                known = new Known(credentials, credentials.expiresAt().filter(clock.now()::isBefore).orElse(null));
                if (before != null && !before.equals(credentials)) {
                    changed.run();
                }
            }
            // Cleared before the waiting callers go on: one that asks again at once gets a new answer, not this one.
            question.set(null);
            if (credentials != null) {
                mine.complete(credentials);
            } else {
                mine.completeExceptionally(typed(failure));
            }
        });
        return mine.copy();
    }

    private HumeAuthenticationException typed(Throwable failure) {
        Throwable cause = failure != null && failure.getCause() instanceof HumeAuthenticationException ? failure.getCause()
                : failure;
        if (cause instanceof HumeAuthenticationException) {
            return (HumeAuthenticationException) cause;
        }
        if (cause instanceof IllegalArgumentException) {
            return new HumeAuthenticationException(Reason.INVALID_CREDENTIALS, account, "The keys of "
                    + AccountName.describe(account) + " cannot be used: " + cause.getMessage() + ". Check "
                    + AccountName.property(account, "api-key") + " and " + AccountName.property(account, "secret-key"));
        }
        return new HumeAuthenticationException(Reason.MISSING_CREDENTIALS, account, "The credentials provider has no keys for "
                + AccountName.describe(account) + (cause == null ? "" : ": it failed with " + cause.getClass().getName()),
                cause);
    }
}
