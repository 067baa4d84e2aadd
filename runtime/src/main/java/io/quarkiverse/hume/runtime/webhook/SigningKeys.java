package io.quarkiverse.hume.runtime.webhook;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The keys with which webhooks of one account may be signed: the configured keys or, without any, the account's API key. For
 * the API key, the credentials provider is called at most once per {@link #INTERVAL}, regardless of the number of webhooks,
 * because anyone can send any number of them:
 * <ul>
 * <li>Keys that the provider has returned within the interval are used without a call, so a replaced key is accepted for no
 * longer than this interval.
 * <li>If the provider fails or does not answer in time, the last known keys stay in use.
 * <li>A signature that does not match is compared with newer keys before it is rejected. If the provider was called within the
 * interval, the webhook waits for the next call, but not while forged webhooks arrive in succession. Forged webhooks also cause
 * the keys to be read once per interval, so a new key becomes known anyway.
 * </ul>
 * Never blocks. Thread-safe.
 */
final class SigningKeys {

    static final Duration INTERVAL = Duration.ofSeconds(5);
    static final Duration MAX_ANSWER_TIME = Duration.ofSeconds(2);

    /**
     * The number of forged webhooks within {@link #FORGERY_WINDOW} after which webhooks with a wrong signature do not wait for
     * newer
     * keys.
     */
    private static final int MAX_FORGERIES = 2;
    private static final Duration FORGERY_WINDOW = Duration.ofMinutes(1);

    /** Runs a task later, on any thread. */
    interface Delays {
        void after(Duration delay, Runnable task);
    }

    /**
     * @param failure why the provider could not confirm the keys; {@code null} if it has confirmed them
     * @param askedAt when the provider was called, see {@link #now()}
     */
    record Keys(List<String> values, Throwable failure, long askedAt) {

        @Override
        public String toString() {
            return "Keys[" + values.size() + "]";
        }
    }

    /** The provider did not answer in time. The message contains no key. */
    static final class NoAnswerException extends Exception {

        private static final long serialVersionUID = 1L;

        private NoAnswerException(String message) {
            super(message);
        }
    }

    private record Question(long askedAt, CompletableFuture<Keys> answer) {
    }

    private final List<String> configured;
    private final Supplier<Optional<List<String>>> known;
    private final Supplier<CompletionStage<List<String>>> provider;
    private final Delays delays;
    private final LongSupplier nanos;
    private Question latest;
    private CompletableFuture<Keys> next;
    private CompletableFuture<?> underWay = CompletableFuture.completedFuture(null);
    private List<String> confirmed = List.of();
    private int forgeries;
    private long lastForgery;

    /**
     * @param configured the signing keys of the configuration; {@code null} if there are none, so that the API key is used
     * @param known supplies the last known keys
     * @param provider calls the credentials provider for the current keys
     * @param nanos a monotonic clock
     */
    SigningKeys(List<String> configured, Supplier<Optional<List<String>>> known,
            Supplier<CompletionStage<List<String>>> provider, Delays delays, LongSupplier nanos) {
        this.configured = configured;
        this.known = known;
        this.provider = provider;
        this.delays = delays;
        this.nanos = nanos;
    }

    /** The time of the monotonic clock, which {@link #newer} compares. */
    long now() {
        return nanos.getAsLong();
    }

    /** The keys for the verification; fails if there are none. */
    CompletionStage<Keys> current() {
        if (configured != null) {
            return CompletableFuture.completedFuture(new Keys(configured, null, now()));
        }
        Question question;
        synchronized (this) {
            if (latest != null && now() - latest.askedAt < INTERVAL.toNanos()) {
                return latest.answer.copy();
            }
            question = begin();
        }
        return ask(question);
    }

    /**
     * Returns keys that were requested from the provider after the webhook had arrived. If its signature does not match these
     * keys either, the webhook is forged. The result is empty if the used keys are such keys already, or if there were so many
     * forged webhooks that this one does not wait. Fails if the provider has failed.
     *
     * @param used the keys with which the signature did not match
     * @param arrivedAt when the webhook arrived, see {@link #now()}
     */
    CompletionStage<Optional<Keys>> newer(Keys used, long arrivedAt) {
        Question question = null;
        CompletableFuture<Keys> waiting;
        synchronized (this) {
            long now = now();
            if (used.askedAt - arrivedAt >= 0) {
                if (used.failure != null) {
                    return CompletableFuture.failedFuture(used.failure);
                }
                forgeries = now - lastForgery < FORGERY_WINDOW.toNanos() ? forgeries + 1 : 1;
                lastForgery = now;
                return CompletableFuture.completedFuture(Optional.empty());
            }
            if (now - latest.askedAt >= INTERVAL.toNanos()) {
                question = begin();
                waiting = question.answer;
            } else if (latest.askedAt - arrivedAt >= 0) {
                waiting = latest.answer;
            } else {
                waiting = next(Duration.ofNanos(INTERVAL.toNanos() - (now - latest.askedAt)));
                if (forgeries >= MAX_FORGERIES && now - lastForgery < FORGERY_WINDOW.toNanos()) {
                    return used.failure == null ? CompletableFuture.completedFuture(Optional.empty())
                            : CompletableFuture.failedFuture(used.failure);
                }
            }
        }
        return (question == null ? waiting.copy() : ask(question)).thenApply(Optional::of);
    }

    /** Returns the result of the next call of the provider, which is made when the interval has passed. */
    private CompletableFuture<Keys> next(Duration wait) {
        if (next == null) {
            CompletableFuture<Keys> answer = new CompletableFuture<>();
            next = answer;
            delays.after(wait, () -> {
                synchronized (this) {
                    next = null;
                }
                current().whenComplete((keys, failure) -> complete(answer, keys, failure));
            });
        }
        return next;
    }

    private Question begin() {
        latest = new Question(now(), new CompletableFuture<>());
        return latest;
    }

    private CompletionStage<Keys> ask(Question question) {
        CompletableFuture<List<String>> answer = new CompletableFuture<>();
        boolean stillWaiting;
        synchronized (this) {
            stillWaiting = !underWay.isDone();
            if (!stillWaiting) {
                underWay = answer;
            }
        }
        if (stillWaiting) {
            // The provider has not answered the previous call yet, so it is not called again.
            answered(question, null, noAnswer());
            return question.answer.copy();
        }
        delays.after(MAX_ANSWER_TIME, () -> answered(question, null, noAnswer()));
        try {
            provider.get().whenComplete((keys, failure) -> complete(answer, keys, failure));
        } catch (RuntimeException e) {
            answer.completeExceptionally(e);
        }
        answer.whenComplete((keys, failure) -> answered(question, keys, failure));
        return question.answer.copy();
    }

    private void answered(Question question, List<String> keys, Throwable failure) {
        if (question.answer.isDone()) {
            return;
        }
        if (failure == null) {
            synchronized (this) {
                if (!keys.equals(confirmed)) {
                    confirmed = keys;
                    forgeries = 0;
                }
            }
            question.answer.complete(new Keys(keys, null, question.askedAt));
            return;
        }
        Optional<List<String>> before = known.get();
        if (before.isPresent()) {
            question.answer.complete(new Keys(before.get(), failure, question.askedAt));
        } else {
            question.answer.completeExceptionally(failure);
        }
    }

    private static NoAnswerException noAnswer() {
        return new NoAnswerException("the credentials provider has not answered within " + MAX_ANSWER_TIME.toSeconds() + " s");
    }

    private static <T> void complete(CompletableFuture<T> future, T value, Throwable failure) {
        if (value != null) {
            future.complete(value);
        } else {
            future.completeExceptionally(failure == null ? new IllegalStateException("There are no keys") : failure);
        }
    }
}
