package io.quarkiverse.hume.runtime.webhook;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

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

    /** What the headers alone tell; {@link WebhookVerdict#ACCEPTED} if the body is worth reading. */
    WebhookVerdict examine(WebhookHeaders headers) {
        return headers.form() == WebhookVerdict.ACCEPTED ? age(headers.seconds(), clock.instant()) : headers.form();
    }

    /** Accepts a webhook at most once, until it is {@linkplain #release released}. */
    WebhookVerdict verify(WebhookHeaders headers, byte[] body, List<String> keys) {
        if (headers.form() != WebhookVerdict.ACCEPTED) {
            return headers.form();
        }
        Instant now = clock.instant();
        WebhookVerdict age = age(headers.seconds(), now);
        if (age != WebhookVerdict.ACCEPTED) {
            return age;
        }
        if (!WebhookSignature.matches(headers.signature(), body, headers.timestamp(), keys)) {
            return WebhookVerdict.FORGED;
        }
        long useless = now.minus(tolerance).minusSeconds(1).getEpochSecond();
        return memory.accept(headers.signature(), headers.seconds(), useless);
    }

    /** The application failed to deal with an accepted webhook, so it may be delivered again. */
    void release(WebhookHeaders headers) {
        memory.release(headers.signature(), headers.seconds());
    }

    private WebhookVerdict age(long seconds, Instant now) {
        Instant signed = Instant.ofEpochSecond(seconds);
        if (signed.isBefore(now.minus(tolerance))) {
            return WebhookVerdict.STALE;
        }
        return signed.isAfter(now.plus(clockSkew)) ? WebhookVerdict.FUTURE : WebhookVerdict.ACCEPTED;
    }
}
