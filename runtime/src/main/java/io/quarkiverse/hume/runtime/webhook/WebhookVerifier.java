package io.quarkiverse.hume.runtime.webhook;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

import io.quarkiverse.hume.runtime.event.AccountListener.WebhookOutcome;

/** Decides whether a webhook is genuine, timely and new. For use by many threads. */
final class WebhookVerifier {

    private final Duration tolerance;
    private final Duration clockSkew;
    private final ReplayMemory memory;
    private final InstantSource clock;

    WebhookVerifier(Duration tolerance, Duration clockSkew, ReplayMemory memory, InstantSource clock) {
        this.tolerance = tolerance;
        this.clockSkew = clockSkew;
        this.memory = memory;
        this.clock = clock;
    }

    /** What the headers alone say; {@link WebhookOutcome#ACCEPTED} if the body is worth reading. */
    WebhookOutcome examine(WebhookHeaders headers) {
        return headers.form() == WebhookOutcome.ACCEPTED ? age(headers.seconds(), clock.instant()) : headers.form();
    }

    /** Whether one of the keys yields the signature. Only for headers that {@link #examine} accepted. */
    boolean isSigned(WebhookHeaders headers, byte[] body, List<String> keys) {
        return WebhookSignature.matches(headers.signature(), body, headers.timestamp(), keys);
    }

    /**
     * What is left to decide about a webhook that {@linkplain #isSigned is signed}: whether it is timely and new. Accepts one
     * at most once, until the delivery that was accepted releases it.
     */
    WebhookOutcome accept(WebhookHeaders headers, ReplayMemory.Delivery delivery) {
        Instant now = clock.instant();
        WebhookOutcome age = age(headers.seconds(), now);
        if (age != WebhookOutcome.ACCEPTED) {
            return age;
        }
        long useless = now.minus(tolerance).minusSeconds(1).getEpochSecond();
        return memory.accept(headers.signature(), headers.seconds(), useless, delivery);
    }

    /** The application failed to deal with an accepted webhook, so it may be delivered again. */
    void release(WebhookHeaders headers, ReplayMemory.Delivery delivery) {
        memory.release(headers.signature(), headers.seconds(), delivery);
    }

    /** The sender of an accepted webhook got no answer, so it may be delivered again, a few times. */
    void releaseUnanswered(WebhookHeaders headers, ReplayMemory.Delivery delivery) {
        memory.releaseUnanswered(headers.signature(), headers.seconds(), delivery);
    }

    /** The sender of an accepted webhook got the answer to it. */
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
