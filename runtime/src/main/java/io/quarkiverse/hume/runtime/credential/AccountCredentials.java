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

    /** How long rejections do not call the provider, after a number of consecutive answers with the same keys. */
    private static final Backoff AFTER_REJECTION = new Backoff(Duration.ofMillis(50), Duration.ofSeconds(1));

    private static final Duration REPLACED_BY_PROVIDER = Duration.ofDays(1);

    private final String account;
    private final String origin;
    private final Supplier<CompletionStage<HumeCredentials>> provider;
    private final AtomicReference<CompletableFuture<HumeCredentials>> question = new AtomicReference<>();
    private final TokenClock clock;
    private volatile Known known = new Known(null, null, false);
    private volatile Answer lastAnswer;
    private final AtomicReference<HumeCredentials> rejected = new AtomicReference<>();
    private volatile Runnable changed = () -> {
    };
    private volatile Runnable firstRejected = () -> {
    };

    /**
     * @param expiresAt {@code null} if they last until Hume rejects them
     * @param lasting whether they expire more than a day after they arrived, so that somebody has to replace them: shorter
     *        lives are those of a provider that replaces its keys itself
     */
    private record Known(HumeCredentials credentials, Instant expiresAt, boolean lasting) {
    }

    /**
     * The answer of the provider to a call for keys that were known before.
     *
     * @param unchanged how many in a row brought no other keys
     */
    private record Answer(long at, int unchanged) {

        boolean holdsAfterRejection(long now) {
            return unchanged > 0 && now - at < AFTER_REJECTION.nanos(unchanged, 0);
        }
    }

    public AccountCredentials(String account, Supplier<CompletionStage<HumeCredentials>> provider) {
        this(account, AccountName.property(account, "api-key"), provider, TokenClock.SYSTEM);
    }

    /** @param origin the property to check if the API key is wrong */
    public AccountCredentials(String account, String origin, Supplier<CompletionStage<HumeCredentials>> provider,
            TokenClock clock) {
        this.account = account;
        this.origin = origin;
        this.provider = provider;
        this.clock = clock;
    }

    /** The property to check if the API key is wrong. */
    String origin() {
        return origin;
    }

    /** @param listener notified once each time the provider answers with other keys than before */
    public void whenChanged(Runnable listener) {
        changed = listener;
    }

    /** @param listener notified once for keys that Hume rejects; must neither block nor throw */
    public void whenRejected(Runnable listener) {
        firstRejected = listener;
    }

    /** @return {@code null} if the provider was never called, has never returned keys, or the keys have expired */
    public HumeCredentials current() {
        Known held = known;
        return held.expiresAt == null || clock.now().isBefore(held.expiresAt) ? held.credentials : null;
    }

    /** The keys; fails with a {@link HumeAuthenticationException} of the caller's own if there are none. */
    public CompletionStage<HumeCredentials> get() {
        HumeCredentials held = current();
        return held != null ? CompletableFuture.completedFuture(held) : ask(false);
    }

    /** The current keys of the provider, without the cached ones; fails like {@link #get()}. */
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
     * Calls the provider again unless newer keys have arrived already, for an answer that may or may not be about the keys.
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

    /** @param again whether the keys are known already: only such calls count for the intervals */
    private CompletionStage<HumeCredentials> ask(boolean again) {
        CompletableFuture<HumeCredentials> mine = new CompletableFuture<>();
        CompletableFuture<HumeCredentials> asked = question.compareAndExchange(null, mine);
        if (asked != null) {
            return forOneCaller(asked);
        }
        CompletionStage<HumeCredentials> answer;
        try {
            answer = Objects.requireNonNull(provider.get(), "the credentials provider returned null");
        } catch (Throwable e) { // Errors too: all later callers would share a call that never ends.
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
            // Cleared before the waiting callers continue, so that one that calls again at once gets a new answer.
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

    /** When the keys expire, if the provider says so and does not replace them itself, also if that is in the past. */
    public Optional<Instant> keysExpireAt() {
        Known held = known;
        return held.lasting ? held.credentials.expiresAt() : Optional.empty();
    }

    /** Not the shared stage: a caller may cancel its stage or add to its exception. */
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
                    + AccountName.property(account, "api-key") + " and " + AccountName.property(account, "secret-key"));
        }
        return new HumeAuthenticationException(Reason.MISSING_CREDENTIALS, account, "The credentials provider has no keys for "
                + AccountName.describe(account) + (cause == null ? "" : ": it failed with " + cause.getClass().getName()),
                cause);
    }
}
