package io.quarkiverse.hume.runtime.webhook;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.quarkiverse.hume.runtime.event.AccountListener.WebhookOutcome;

/** Decides whether a webhook is genuine, within the tolerance, and not a replay. Thread-safe. */
final class WebhookVerifier {

    /** Additional time for which a webhook is stored in Redis, because the clocks of Redis and of this machine may differ. */
    private static final Duration MARGIN = Duration.ofSeconds(5);

    private final String account;
    private final Duration tolerance;
    private final Duration clockSkew;
    private final ReplayMemory memory;
    private final SharedReplays shared;
    private final InstantSource clock;

    /** @param account the name of the account; shared replays are stored by account */
    WebhookVerifier(String account, Duration tolerance, Duration clockSkew, ReplayMemory memory, SharedReplays shared,
            InstantSource clock) {
        this.account = account;
        this.tolerance = tolerance;
        this.clockSkew = clockSkew;
        this.memory = memory;
        this.shared = shared;
        this.clock = clock;
    }

    /** Checks the headers alone; {@link WebhookOutcome#ACCEPTED} if the body has to be read. */
    WebhookOutcome examine(WebhookHeaders headers) {
        return headers.form() == WebhookOutcome.ACCEPTED ? age(headers.seconds(), clock.instant()) : headers.form();
    }

    /** Whether one of the keys yields the signature. Only for headers that {@link #examine} accepted. */
    boolean isSigned(WebhookHeaders headers, byte[] body, List<String> keys) {
        return WebhookSignature.matches(headers.signature(), body, headers.timestamp(), keys);
    }

    /**
     * Decides whether a webhook that {@linkplain #isSigned is signed} is within the tolerance and not a replay. A webhook is
     * accepted at most once, unless the accepted delivery releases it.
     *
     * @return completes on any thread; already complete if no state is shared with other instances
     */
    CompletionStage<WebhookOutcome> accept(WebhookHeaders headers, ReplayMemory.Delivery delivery) {
        Instant now = clock.instant();
        WebhookOutcome age = age(headers.seconds(), now);
        if (age != WebhookOutcome.ACCEPTED) {
            return CompletableFuture.completedFuture(age);
        }
        long useless = now.minus(tolerance).minusSeconds(1).getEpochSecond();
        WebhookOutcome outcome = memory.accept(headers.signature(), headers.seconds(), useless, delivery);
        if (outcome != WebhookOutcome.ACCEPTED) {
            return CompletableFuture.completedFuture(outcome);
        }
        Instant replayable = Instant.ofEpochSecond(headers.seconds()).plus(tolerance).plus(clockSkew).plus(MARGIN);
        return shared.claim(account, headers.signature(), Duration.between(now, replayable)).thenApply(claimed -> {
            if (!claimed) {
                // Another instance has accepted the webhook and may release it, so this instance must not remember it.
                memory.release(headers.signature(), headers.seconds(), delivery);
            }
            return claimed ? WebhookOutcome.ACCEPTED : WebhookOutcome.REPLAYED;
        });
    }

    /** The application failed to process an accepted webhook, so it may be delivered again. */
    void release(WebhookHeaders headers, ReplayMemory.Delivery delivery) {
        if (memory.release(headers.signature(), headers.seconds(), delivery)) {
            shared.release(account, headers.signature());
        }
    }

    /** The sender of an accepted webhook got no response, so it may be delivered again, a limited number of times. */
    void releaseUnanswered(WebhookHeaders headers, ReplayMemory.Delivery delivery) {
        if (memory.releaseUnanswered(headers.signature(), headers.seconds(), delivery)) {
            shared.releaseUnanswered(account, headers.signature(), ReplayMemory.MAX_UNANSWERED);
        }
    }

    /** The sender of an accepted webhook received the response. */
    void answered(WebhookHeaders headers, ReplayMemory.Delivery delivery) {
        memory.answered(headers.signature(), headers.seconds(), delivery);
    }

    private WebhookOutcome age(long seconds, Instant now) {
        Instant signed = Instant.ofEpochSecond(seconds);
        if (signed.isBefore(now.minus(tolerance))) {
            return WebhookOutcome.STALE;
        }
        return signed.isAfter(now.plus(clockSkew)) ? WebhookOutcome.FUTURE : WebhookOutcome.ACCEPTED;
    }
}
