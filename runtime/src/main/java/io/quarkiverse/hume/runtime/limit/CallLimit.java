package io.quarkiverse.hume.runtime.limit;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.UnaryOperator;

import io.quarkiverse.hume.HumeRateLimitException;
import io.quarkiverse.hume.runtime.event.AccountListener;
import io.quarkiverse.hume.runtime.event.AccountListener.RateLimitOutcome;
import io.quarkiverse.hume.runtime.name.AccountName;
import io.quarkiverse.hume.runtime.token.TokenClock;
import io.quarkiverse.hume.runtime.token.TokenTiming;

/** Delays the calls of one account so that they stay within the limit that Hume sets for its organization. Never blocks. */
public final class CallLimit {

    /** The result for a call that may be sent at once. */
    public static final CompletionStage<Void> GRANTED = CompletableFuture.completedFuture(null);

    /** The delay after a response with 429 that does not state when to try again. */
    private static final Duration UNKNOWN = Duration.ofSeconds(1);

    private static final int MAX_DIGITS = 9;

    private final String account;
    private final RateLimit limit;
    private final Duration maxWait;
    private final TokenClock clock;
    private final TokenTiming.Scheduler scheduler;
    private final UnaryOperator<CompletionStage<Void>> callers;
    private final AccountListener listener;

    /** @param callers lets the caller of a method continue on its own context when the stage completes */
    CallLimit(String account, RateLimit limit, Duration maxWait, TokenClock clock, TokenTiming.Scheduler scheduler,
            UnaryOperator<CompletionStage<Void>> callers, AccountListener listener) {
        this.account = account;
        this.limit = limit;
        this.maxWait = maxWait;
        this.clock = clock;
        this.scheduler = scheduler;
        this.callers = callers;
        this.listener = listener;
    }

    /**
     * Requests the permission to send a call.
     *
     * @return {@link #GRANTED} if the call may be sent at once; otherwise a stage that completes on the context of the caller
     *         when the call may be sent. If that would take longer than {@code rate-limit.max-wait}, the stage has failed with
     *         a {@link HumeRateLimitException}
     */
    public CompletionStage<Void> permit() {
        RateLimit.Permit permit = limit.take(clock.nanoTime(), maxWait);
        if (!permit.granted()) {
            listener.rateLimited(RateLimitOutcome.FAILED);
            return CompletableFuture.failedFuture(failure(permit.delay()));
        }
        if (permit.delay().isZero()) {
            return GRANTED;
        }
        listener.rateLimited(RateLimitOutcome.DELAYED);
        return after(permit.delay());
    }

    /**
     * Requests the permission to send a call again that Hume answered with 429. Hume has not executed such a call.
     *
     * @param retryAfter the header {@code Retry-After} (RFC 9110, section 10.2.3); may be {@code null}
     * @param repeatable whether the body of the call can be sent again
     * @return a stage that completes on the context of the caller when the call may be sent again; {@code null} if it must not
     *         be sent again, so the caller gets the response
     */
    public CompletionStage<Void> permitAfterRefusal(String retryAfter, boolean repeatable) {
        long now = clock.nanoTime();
        limit.hold(now, delay(retryAfter));
        RateLimit.Permit permit = repeatable ? limit.take(now, maxWait) : null;
        if (permit == null || !permit.granted()) {
            refused();
            return null;
        }
        listener.rateLimited(RateLimitOutcome.REPEATED);
        return permit.delay().isZero() ? GRANTED : after(permit.delay());
    }

    /** Reports that Hume answered a call with 429 and that the caller gets this response. */
    public void refused() {
        listener.rateLimited(RateLimitOutcome.REFUSED);
    }

    private Duration delay(String retryAfter) {
        if (retryAfter == null) {
            return UNKNOWN;
        }
        String text = retryAfter.strip();
        if (text.matches("\\d{1," + MAX_DIGITS + "}")) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        try {
            Duration left = Duration.between(clock.now(),
                    DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from));
            return left.isNegative() ? Duration.ZERO : left;
        } catch (DateTimeException e) {
            return UNKNOWN; // A value that cannot be parsed is ignored.
        }
    }

    private CompletionStage<Void> after(Duration wait) {
        CompletableFuture<Void> permit = new CompletableFuture<>();
        try {
            // The delay is rounded up to milliseconds, because a timer that is rounded down would fire too early.
            scheduler.schedule(wait.plusNanos(999_999), () -> permit.complete(null));
        } catch (RejectedExecutionException e) {
            permit.completeExceptionally(failure(wait)); // The application is being stopped, so no timer can be started.
        }
        return callers.apply(permit);
    }

    private HumeRateLimitException failure(Duration wait) {
        Instant at = clock.now().plus(wait);
        return new HumeRateLimitException(account, at, "The limit of " + limit.permits() + " requests a minute ("
                + AccountName.property(account, "rate-limit.requests-per-minute") + ") is used up for "
                + AccountName.describe(account) + ". The call could be sent at " + at + ", which is later than "
                + AccountName.property(account, "rate-limit.max-wait") + " (" + maxWait + ") allows");
    }
}
