package io.quarkiverse.hume.runtime.webhook;

import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import io.quarkiverse.hume.runtime.context.CallerContexts;
import io.quarkiverse.hume.runtime.event.AccountListener;
import io.quarkiverse.hume.runtime.event.AccountListener.WebhookOutcome;
import io.quarkiverse.hume.runtime.log.HumeLog;

/** Verifies the webhooks of one account at all resources. */
final class AccountWebhooks {

    private final WebhookSettings settings;
    private final WebhookVerifier verifier;
    private final AccountListener listener;
    private final SigningKeys keys;
    private final UnverifiedBodies unverified;
    private final RejectionLog rejections;
    private final AtomicLong warnedOfKeys = new AtomicLong();
    private final AtomicBoolean readBefore = new AtomicBoolean();
    private final AtomicBoolean fullBefore = new AtomicBoolean();

    /**
     * @param unverified the memory for unverified webhooks, which all accounts share
     * @param shared the replay cache that the instances of the application share
     * @param contexts the contexts on which the credentials provider is called, because it must not see the context of a
     *        request
     */
    AccountWebhooks(WebhookSettings settings, AccountListener listener, UnverifiedBodies unverified, SharedReplays shared,
            CallerContexts contexts, InstantSource clock) {
        this.settings = settings;
        this.listener = listener;
        this.unverified = unverified;
        this.keys = new SigningKeys(settings.configuredKeys().orElse(null), settings::knownKeys,
                () -> contexts.separately(() -> settings.askForKeys().toCompletableFuture()), contexts::schedule,
                System::nanoTime);
        this.rejections = new RejectionLog(contexts::schedule, WebhookRejection.lines(settings.account()));
        this.verifier = new WebhookVerifier(settings.name(), settings.tolerance(), settings.clockSkew(),
                new ReplayMemory(settings.replayLimit(), this::full), shared, clock);
    }

    WebhookSettings settings() {
        return settings;
    }

    WebhookVerifier verifier() {
        return verifier;
    }

    SigningKeys keys() {
        return keys;
    }

    UnverifiedBodies unverified() {
        return unverified;
    }

    void accepted() {
        listener.webhook(WebhookOutcome.ACCEPTED);
    }

    /** @param line logs the rejection with its full message */
    void rejected(WebhookOutcome outcome, String resource, Runnable line) {
        listener.webhook(outcome);
        rejections.rejected(outcome, resource, line);
    }

    /** The credentials provider failed or did not answer, so the last known keys are used. */
    void unconfirmed(Throwable failure) {
        long now = System.nanoTime();
        long before = warnedOfKeys.get();
        if ((before == 0 || now - before >= RejectionLog.PERIOD.toNanos()) && warnedOfKeys.compareAndSet(before, now)) {
            HumeLog.LOG.webhookKeysUnconfirmed(settings.account(), WebhookRejection.reason(failure));
        }
    }

    /** A body handler read the body of a webhook before the verification. */
    void readBefore(String resource) {
        if (readBefore.compareAndSet(false, true)) {
            HumeLog.LOG.webhookReadBefore(resource);
        }
    }

    private void full() {
        if (fullBefore.compareAndSet(false, true)) {
            HumeLog.LOG.webhookMemoryFull(settings.replayLimit(), settings.account());
        }
    }
}
