package io.quarkiverse.hume.runtime.credential;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
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
 * The keys of one account as last learned from the provider, which is asked when they are first needed, and again when Hume
 * rejects them or they expire. Simultaneous questions are one question, and keys that are rejected again and again cause a
 * question only once in a while. Never blocks.
 */
public final class AccountCredentials {

    /** How long the provider is not asked because of a refusal, after so many answers in a row that brought no other keys. */
    private static final Backoff AFTER_REJECTION = new Backoff(Duration.ofMillis(50), Duration.ofSeconds(1));

    private final String account;
    private final String origin;
    private final Supplier<CompletionStage<HumeCredentials>> provider;
    private final AtomicReference<CompletableFuture<HumeCredentials>> question = new AtomicReference<>();
    private final TokenClock clock;
    private volatile Known known = new Known(null, null);
    private volatile Answer lastAnswer;
    private volatile Runnable changed = () -> {
    };

    /** @param expiresAt {@code null} if they last until Hume rejects them */
    private record Known(HumeCredentials credentials, Instant expiresAt) {
    }

    /**
     * What came of a question about keys that were known before.
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

    /** @param listener notified once each time the provider answers with other keys than before */
    public void whenChanged(Runnable listener) {
        changed = listener;
    }

    /** @return {@code null} if the provider was never asked, or never had an answer, or its answer has expired */
    public HumeCredentials current() {
        Known held = known;
        return held.expiresAt == null || clock.now().isBefore(held.expiresAt) ? held.credentials : null;
    }

    /** The keys; fails with a {@link HumeAuthenticationException} of the caller's own if there are none. */
    public CompletionStage<HumeCredentials> get() {
        HumeCredentials held = current();
        return held != null ? CompletableFuture.completedFuture(held) : ask(false);
    }

    /** The keys as the provider has them now, whatever it said before; fails like {@link #get()}. */
    public CompletionStage<HumeCredentials> latest() {
        return ask(true);
    }

    /**
     * Reports that Hume rejected these keys, and asks the provider again unless newer ones are already here. While its answers
     * bring no other keys, it is asked at intervals that grow to a second.
     *
     * @return whether there are other keys now
     */
    public CompletionStage<Boolean> rejected(HumeCredentials rejected) {
        HumeCredentials held = current();
        if (held != null && !held.equals(rejected)) {
            return CompletableFuture.completedFuture(true);
        }
        Answer answer = lastAnswer;
        if (held != null && answer != null && answer.holdsAfterRejection(clock.nanoTime())) {
            return CompletableFuture.completedFuture(false);
        }
        return ask(true).thenApply(latest -> !latest.equals(rejected));
    }

    /** @param again whether keys are asked for that are known already: such a question counts for the intervals */
    private CompletionStage<HumeCredentials> ask(boolean again) {
        CompletableFuture<HumeCredentials> mine = new CompletableFuture<>();
        CompletableFuture<HumeCredentials> asked = question.compareAndExchange(null, mine);
        if (asked != null) {
            return forOneCaller(asked);
        }
        CompletionStage<HumeCredentials> answer;
        try {
            answer = Objects.requireNonNull(provider.get(), "the credentials provider returned null");
        } catch (Throwable e) { // Errors too: a question that never ends would be everybody's for ever.
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
                // What has expired already is all there is: asking again with each request would not make it better.
                known = new Known(credentials, credentials.expiresAt().filter(clock.now()::isBefore).orElse(null));
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
            // Cleared before the waiting callers go on: one that asks again at once gets a new answer, not this one.
            question.set(null);
            if (problem == null) {
                mine.complete(credentials);
            } else {
                mine.completeExceptionally(problem);
            }
        }
    }

    /** Not the stage that all share: one may cancel it, another one may add to its exception. */
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
