package io.quarkiverse.hume.runtime.credential;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.HumeAuthenticationException.Reason;
import io.quarkiverse.hume.HumeCredentials;
import io.quarkiverse.hume.runtime.name.AccountName;
import io.quarkiverse.hume.runtime.token.Backoff;
import io.quarkiverse.hume.runtime.token.Failures;
import io.quarkiverse.hume.runtime.token.TokenClock;

/**
 * The keys of one account as last obtained from the provider, which is called when they are first needed, and again when Hume
 * rejects them or they expire. Concurrent calls are merged, and the rate of calls for repeatedly rejected keys is limited.
 * Never blocks.
 */
public final class AccountCredentials {

    /**
     * The time during which rejections do not cause a call of the provider. It depends on the number of consecutive calls that
     * returned the same keys.
     */
    private static final Backoff AFTER_REJECTION = new Backoff(Duration.ofMillis(50), Duration.ofSeconds(1));

    private static final Duration REPLACED_BY_PROVIDER = Duration.ofDays(1);

    private static final Runnable NO_LISTENER = () -> {
    };

    private final String account;
    private final KeyOrigin origin;
    private final Supplier<CompletionStage<HumeCredentials>> provider;
    private final AtomicReference<CompletableFuture<HumeCredentials>> question = new AtomicReference<>();
    private final TokenClock clock;
    private volatile Known known = new Known(null, null, false);
    private volatile Answer lastAnswer;
    private final AtomicReference<HumeCredentials> rejected = new AtomicReference<>();
    private volatile Runnable changed = NO_LISTENER;
    private volatile Runnable firstRejected = NO_LISTENER;

    /**
     * @param expiresAt when the keys expire; {@code null} if they are used until Hume rejects them
     * @param lasting whether the keys expire more than a day after they arrived. Such keys have to be replaced by an operator.
     *        A shorter lifetime means that the provider replaces the keys itself
     */
    private record Known(HumeCredentials credentials, Instant expiresAt, boolean lasting) {
    }

    /**
     * The result of a call of the provider while keys were already known.
     *
     * @param unchanged the number of consecutive calls that returned the same keys
     */
    private record Answer(long at, int unchanged) {

        boolean holdsAfterRejection(long now) {
            return unchanged > 0 && now - at < AFTER_REJECTION.nanos(unchanged, 0);
        }
    }

    public AccountCredentials(String account, Supplier<CompletionStage<HumeCredentials>> provider) {
        this(account, KeyOrigin.configuration(account), provider, TokenClock.SYSTEM);
    }

    /** @param origin what to check if the keys are wrong */
    public AccountCredentials(String account, KeyOrigin origin, Supplier<CompletionStage<HumeCredentials>> provider,
            TokenClock clock) {
        this.account = account;
        this.origin = origin;
        this.provider = provider;
        this.clock = clock;
    }

    /** What to check if the keys are wrong. */
    public KeyOrigin origin() {
        return origin;
    }

    /** @param listener notified each time the provider returns keys that differ from the previous ones */
    public void whenChanged(Runnable listener) {
        changed = listener;
    }

    /** @param listener notified once when Hume rejects keys, and again only for different keys; must neither block nor throw */
    public void whenRejected(Runnable listener) {
        firstRejected = listener;
    }

    /**
     * @return the known keys; {@code null} if the provider was never called, has never returned keys, or the keys have expired
     */
    public HumeCredentials current() {
        Known held = known;
        return held.expiresAt == null || clock.now().isBefore(held.expiresAt) ? held.credentials : null;
    }

    /**
     * Returns the keys, and calls the provider if none are known. If there are none, it fails with a new {@link
     * HumeAuthenticationException} for each caller.
     */
    public CompletionStage<HumeCredentials> get() {
        HumeCredentials held = current();
        return held != null ? CompletableFuture.completedFuture(held) : ask(false);
    }

    /**
     * Returns the current keys of the provider, even if other keys are cached. Calls the provider, or joins the call in
     * progress; fails like {@link #get()}.
     */
    public CompletionStage<HumeCredentials> latest() {
        return ask(true);
    }

    /**
     * Reports that Hume rejected these keys, and calls the provider again unless newer keys have arrived already. While the
     * keys do not change, the provider is called at intervals that grow to a second.
     *
     * @return whether there are other keys now
     */
    public CompletionStage<Boolean> rejected(HumeCredentials keys) {
        HumeCredentials held = current();
        boolean inUse = held == null || held.equals(keys);
        if (inUse && !keys.equals(rejected.getAndSet(keys))) {
            firstRejected.run();
        }
        return replaced(keys);
    }

    /**
     * Calls the provider again unless newer keys have arrived already. Used after a response that may have another reason than
     * the keys, so the keys do not count as rejected.
     *
     * @return whether there are other keys now
     */
    CompletionStage<Boolean> replaced(HumeCredentials keys) {
        HumeCredentials held = current();
        if (held != null && !held.equals(keys)) {
            return CompletableFuture.completedFuture(true);
        }
        Answer answer = lastAnswer;
        if (held != null && answer != null && answer.holdsAfterRejection(clock.nanoTime())) {
            return CompletableFuture.completedFuture(false);
        }
        return ask(true).thenApply(latest -> !latest.equals(keys));
    }

    /** @param again whether keys are already known: only such calls determine the intervals */
    private CompletionStage<HumeCredentials> ask(boolean again) {
        CompletableFuture<HumeCredentials> mine = new CompletableFuture<>();
        CompletableFuture<HumeCredentials> asked = question.compareAndExchange(null, mine);
        if (asked != null) {
            return forOneCaller(asked);
        }
        CompletionStage<HumeCredentials> answer;
        try {
            answer = Objects.requireNonNull(provider.get(), "the credentials provider returned null");
        } catch (Throwable e) { // Errors are caught as well: otherwise all later callers would wait for a call that never ends.
            answer = CompletableFuture.failedFuture(e);
        }
        answer.whenComplete((credentials, failure) -> answered(mine, credentials, failure, again));
        return forOneCaller(mine);
    }

    private void answered(CompletableFuture<HumeCredentials> mine, HumeCredentials credentials, Throwable failure,
            boolean again) {
        HumeAuthenticationException problem = null;
        try {
            HumeCredentials before = known.credentials;
            if (credentials == null) {
                problem = typed(failure);
            } else {
                // The provider has only expired keys. Calling it for each request would not help.
                Instant now = clock.now();
                known = new Known(credentials, credentials.expiresAt().filter(now::isBefore).orElse(null),
                        isLasting(credentials, now));
            }
            boolean other = credentials != null && !credentials.equals(before);
            if (again) {
                Answer last = lastAnswer;
                lastAnswer = new Answer(clock.nanoTime(), other ? 0 : last == null ? 1 : last.unchanged + 1);
            }
            if (other && before != null) {
                changed.run();
            }
        } catch (Throwable e) {
            problem = typed(e);
        } finally {
            // The call is cleared before the waiting callers continue, so that a caller which calls again at once starts a new
            // call.
            question.set(null);
            if (problem == null) {
                mine.complete(credentials);
            } else {
                mine.completeExceptionally(problem);
            }
        }
    }

    private boolean isLasting(HumeCredentials credentials, Instant now) {
        Known before = known;
        return credentials.equals(before.credentials) && before.lasting
                || credentials.expiresAt().filter(now.plus(REPLACED_BY_PROVIDER)::isBefore).isPresent();
    }

    /**
     * When the keys expire, even if this is in the past; empty if the provider does not specify it or replaces the keys itself.
     */
    public Optional<Instant> keysExpireAt() {
        Known held = known;
        return held.lasting ? held.credentials.expiresAt() : Optional.empty();
    }

    /** Returns a separate stage for one caller, because a caller may cancel its stage or modify its exception. */
    private static CompletionStage<HumeCredentials> forOneCaller(CompletableFuture<HumeCredentials> shared) {
        return shared.handle((credentials, failure) -> {
            if (failure != null) {
                throw new CompletionException(Failures.forOneCaller((HumeAuthenticationException) failure));
            }
            return credentials;
        });
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
                    + origin.keys());
        }
        return new HumeAuthenticationException(Reason.MISSING_CREDENTIALS, account, "The credentials provider has no keys for "
                + AccountName.describe(account) + (cause == null ? "" : ": it failed with " + cause.getClass().getName()),
                cause);
    }
}
